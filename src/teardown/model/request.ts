import * as v from 'valibot';
import { redactAndCut } from '../../redaction/redact.ts';
import { defined } from '../../shared/defined.ts';
import { asciiDomain, MAX_DOMAIN_LENGTH } from '../../shared/domain.ts';
import { parseDurationMs } from '../../shared/duration.ts';
import { GUID } from '../../shared/guid.ts';
import { quoted } from '../../shared/visible-text.ts';
import { FINGERPRINT } from './fingerprint.ts';
import type { IncomingMessage } from './incoming-message.ts';
import { customerOfSweepRequestId } from './message-ids.ts';

/** The limit for texts that people write. */
const MAX_TEXT_LENGTH = 1_024;

const guid = (field: string) =>
  v.pipe(
    v.string(`"${field}" must be text: the customer's tenant id, a GUID.`),
    v.regex(GUID, `"${field}" must be a GUID such as 11111111-2222-3333-4444-555555555555.`),
    v.toLowerCase(),
    v.description('The tenant id of the customer to tear down.'),
  );

const isText = (field: string) => v.string(`"${field}" must be text.`);
const notEmpty = (field: string) =>
  v.nonEmpty<string, string>(`"${field}" must not be empty; leave it out instead.`);
const atMost = (field: string, maxLength: number) =>
  v.maxLength<string, number, string>(
    maxLength,
    `"${field}" must not be longer than ${maxLength} characters.`,
  );

const text = (field: string, maxLength: number) =>
  v.pipe(isText(field), notEmpty(field), atMost(field, maxLength));

/**
 * Normalised first, so that the bounds of a request and of its checks are the same. A name as long as can be may have its
 * final dot, which the ASCII form is without.
 */
const domain = (field: string) => {
  const tooLong = `"${field}" must not be longer than ${MAX_DOMAIN_LENGTH} characters.`;
  return v.pipe(
    isText(field),
    v.trim(),
    v.toLowerCase(),
    notEmpty(field),
    v.maxLength<string, number, string>(MAX_DOMAIN_LENGTH + 1, tooLong),
    v.check((value) => isShort(value), tooLong),
    v.check(
      (value) => value === '' || !isShort(value) || asciiDomain(value) !== undefined,
      `"${field}" must be a domain such as contoso.onmicrosoft.com.`,
    ),
  );
};

function isShort(name: string): boolean {
  return name.replace(FINAL_DOT, '').length <= MAX_DOMAIN_LENGTH;
}

/** In every form of which the ASCII form makes a dot. */
const FINAL_DOT = /[.\u3002\uff0e\uff61]$/;

/** The message that other systems send to `teardown-requests`. Unknown fields are rejected on purpose. */
export const requestSchema = v.strictObject(
  {
    customerTenantId: guid('customerTenantId'),
    requestedBy: v.optional(
      v.pipe(
        text('requestedBy', MAX_TEXT_LENGTH),
        v.description('Who asks; repeated in the outcome.'),
      ),
    ),
    reason: v.optional(
      v.pipe(text('reason', MAX_TEXT_LENGTH), v.description('Why; repeated in the outcome.')),
    ),
    expectedDomain: v.optional(
      v.pipe(
        domain('expectedDomain'),
        v.description('The teardown is skipped unless the customer has this domain.'),
      ),
    ),
    minIdle: v.optional(
      v.pipe(
        text('minIdle', MAX_TEXT_LENGTH),
        v.check(
          (value) => parseDurationMs(value) !== undefined,
          '"minIdle" must be a positive ISO 8601 duration such as P7D or PT12H.',
        ),
        v.description(
          'ISO 8601 duration: the teardown is skipped if anything was bought within it, whatever list shows it: an order, a subscription, an entitlement (by its order), an Azure subscription (by its plan). A customer that never bought anything is idle, however new it is.',
        ),
      ),
    ),
    ifUnchanged: v.optional(
      v.pipe(
        v.string('"ifUnchanged" must be text: the fingerprint of a planned outcome.'),
        v.regex(
          FINGERPRINT,
          '"ifUnchanged" must be the fingerprint of a planned outcome: "v2:sha256:" and 64 hexadecimal digits.',
        ),
        v.description(
          'The fingerprint of a reviewed plan: the teardown is skipped if the customer has changed since.',
        ),
      ),
    ),
    dryRun: v.optional(
      v.pipe(
        v.boolean('"dryRun" must be true or false, without quotes.'),
        v.description('True: only plan, whatever the deployment allows.'),
      ),
    ),
  },
  (issue) => unknownOrMissing(issue),
);

export type TeardownRequest = v.InferOutput<typeof requestSchema>;

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

/** The `requestedBy` of a sweep's requests. */
export const SWEEP_REQUESTED_BY = 'nightlySweep';

/** Parses the request in a message. */
export function requestIn({
  body,
  bodyProblem,
  messageId,
}: IncomingMessage): Parsed<TeardownRequest> {
  const parsed = bodyProblem === undefined ? parseRequest(body) : refuse(bodyProblem);
  const swept = customerOfSweepRequestId(messageId);
  if (!parsed.ok || swept === undefined) return parsed;
  // Duplicate detection may have dropped the sweep's own request, and only this rejection shows it.
  const { requestedBy, customerTenantId } = parsed.value;
  return requestedBy === SWEEP_REQUESTED_BY && customerTenantId.toLowerCase() === swept
    ? parsed
    : refuse(
        `The MessageId ${quoted(messageId)} is that of a request of the nightly sweep, which may have been dropped as a duplicate of this one; send yours under a name of its own.`,
      );
}

/** Parses the body of a request, which is parsed JSON already, or text. */
export function parseRequest(body: unknown): Parsed<TeardownRequest> {
  if (body === undefined || body === null || body === '') {
    return refuse('The message has no body; it must be a JSON object with "customerTenantId".');
  }
  if (typeof body === 'string') {
    return refuse(
      `The message body is not a JSON object but text (${body.length} characters, beginning ${quoted(redactAndCut(body, 40))}); send UTF-8 JSON in a data section.`,
    );
  }
  if (typeof body !== 'object' || Array.isArray(body)) {
    const found = Array.isArray(body) ? 'an array' : `a ${typeof body}`;
    return refuse(`The message body must be a JSON object, but is ${found}.`);
  }
  const result = v.safeParse(requestSchema, body);
  if (result.success) return { ok: true, value: inOneForm(result.output) };
  return refuse([...new Set(result.issues.map(({ message }) => message))].slice(0, 5).join(' '));
}

/**
 * Removes secrets from the texts, because checks and the outcome repeat them, and brings the domain into its canonical
 * form.
 */
function inOneForm(request: TeardownRequest): TeardownRequest {
  const { requestedBy, reason } = request;
  const expectedDomain = request.expectedDomain && asciiDomain(request.expectedDomain);
  return {
    ...request,
    ...defined({ expectedDomain, requestedBy: clean(requestedBy), reason: clean(reason) }),
  };
}

/** Without secrets, and no longer than the schema of a check allows. */
function clean(text: string | undefined): string | undefined {
  return text === undefined ? undefined : redactAndCut(text, MAX_TEXT_LENGTH);
}

function refuse(message: string): Parsed<never> {
  return { ok: false, message };
}

function unknownOrMissing(issue: v.StrictObjectIssue): string {
  if (issue.path === undefined) return 'A teardown request must be a JSON object.';
  const field = String(issue.path[0].key);
  const fields = Object.keys(requestSchema.entries);
  if (issue.expected !== 'never')
    return `"${field}" is missing; it must be the customer's tenant id.`;
  const meant = fields.find((known) => known.toLowerCase() === field.toLowerCase());
  const hint = meant === undefined ? `known are ${fields.join(', ')}` : `did you mean "${meant}"?`;
  return `${quoted(redactAndCut(field, 60))} is not a field of a teardown request; ${hint}.`.replace(
    '?.',
    '?',
  );
}
