import type { Outcome } from '../model/outcome.ts';
import type { Operation } from '../model/partner-center-error.ts';
import { REASONS } from '../model/reasons.ts';
import type { SweepEvent } from '../model/sweep-event.ts';

/** The JSON type of a field's values. */
export type FieldType = 'text' | 'number' | 'flag';

export interface Field {
  readonly type: FieldType;
  readonly meaning: string;
  /** All possible values with their meanings; absent: any value. */
  readonly values?: Readonly<Record<string, string>>;
}

const kinds: Readonly<Record<Outcome['kind'] | SweepEvent['kind'], string>> = {
  deleted: 'the customer is gone',
  planned: 'a dry run listed what it would do',
  skipped: 'a guard rejected it',
  parked: 'ended without deletion; needs a person',
  rejected: 'the request cannot be carried out as it is',
  announced: 'the sweep has announced what it will request',
  completed: 'the sweep has requested',
  refused: 'the sweep has requested nothing',
};

const operations: Readonly<Record<Operation, string>> = {
  'sign-in': 'asks for an access token',
  'get-organization-profile': 'reads',
  'list-customers': 'reads',
  'get-customer': 'reads',
  'list-entitlements': 'reads',
  'list-orders': 'reads',
  'list-subscriptions': 'reads',
  'list-azure-entitlements': 'reads',
  'cancel-order': 'writes',
  'end-subscription': 'writes',
  'turn-off-auto-renew': 'writes',
  'activate-subscription': 'writes',
  'cancel-azure-entitlement': 'writes',
  'delete-customer': 'writes',
};

/** Every field of the log. A name has the same meaning in every line. */
export const FIELDS = {
  correlationId: {
    type: 'text',
    meaning:
      "the teardown's id (the MessageId of its request); in the sweep's own lines the sweep's, with which the ids of its teardowns begin",
  },
  kind: { type: 'text', meaning: 'how it ended', values: kinds },
  reason: { type: 'text', meaning: 'why, in one word', values: REASONS },
  why: { type: 'text', meaning: 'why, in full sentences' },
  nextStep: { type: 'text', meaning: 'what a person does next' },
  customerTenantId: { type: 'text', meaning: "the customer's tenant id" },
  domain: { type: 'text', meaning: "the customer's domain" },
  checks: { type: 'number', meaning: 'checks of this teardown so far, this one included' },
  ageMs: { type: 'number', meaning: 'since the first check began' },
  delayMs: { type: 'number', meaning: 'until the next check' },
  begun: { type: 'flag', meaning: 'was the customer found, and did all guards pass?' },
  tookMs: { type: 'number', meaning: 'how long it took' },
  failed: { type: 'flag', meaning: 'did it end with an exception?' },
  operation: { type: 'text', meaning: 'the call to Partner Center', values: operations },
  call: { type: 'text', meaning: 'the writing call in words, with its path' },
  status: { type: 'number', meaning: 'HTTP status; 0 when no answer came' },
  code: { type: 'text', meaning: "Partner Center's own error code" },
  requestId: { type: 'text', meaning: 'the MS-RequestId, which support asks for' },
  customers: { type: 'number', meaning: 'how many customers it is about' },
  slots: { type: 'number', meaning: 'how many customers the sandbox has room for' },
  queue: { type: 'text', meaning: 'requests or checks' },
  messageId: { type: 'text', meaning: "the dead letter's MessageId" },
  cause: { type: 'text', meaning: "Service Bus's reason for the dead letter" },
  description: { type: 'text', meaning: "Service Bus's description of it" },
} as const satisfies Readonly<Record<string, Field>>;

export type FieldName = keyof typeof FIELDS;
