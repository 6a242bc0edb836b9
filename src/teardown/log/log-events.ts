import type { FieldName } from './log-fields.ts';

export interface Event {
  readonly level: 'info' | 'warn';
  /** When the line is written. */
  readonly when: string;
  readonly fields: readonly FieldName[];
  /** Fields that are present where they are known. */
  readonly optional: readonly FieldName[];
  /** About the instance, not a teardown or a sweep: without `correlationId`. */
  readonly instanceWide?: true;
}

/** Every line that the app logs, by its `event`. `docs/logs.md` is generated from it. */
export const EVENTS = {
  outcome: {
    level: 'info',
    when: 'a teardown has ended; the outcome event is published next',
    fields: ['kind', 'reason', 'why', 'checks', 'ageMs'],
    optional: ['nextStep', 'customerTenantId', 'domain'],
  },
  'check-scheduled': {
    level: 'info',
    when: 'a check has not ended the teardown; the next check is scheduled next',
    fields: ['why', 'checks', 'delayMs', 'begun', 'customerTenantId'],
    optional: ['domain'],
  },
  'check-postponed': {
    level: 'warn',
    when: 'a check of a newer version of this app cannot be read by this one; it is scheduled again next, as it came',
    fields: ['why', 'checks', 'delayMs'],
    optional: [],
  },
  check: {
    level: 'info',
    when: 'a check has ended, successfully or not',
    fields: ['checks', 'tookMs', 'failed'],
    optional: [],
  },
  'about-to-write': {
    level: 'info',
    when: 'before each write to Partner Center',
    fields: ['operation', 'call'],
    optional: [],
  },
  written: {
    level: 'info',
    when: 'a write was accepted',
    fields: ['operation', 'call'],
    optional: [],
  },
  'not-written': {
    level: 'warn',
    when: 'a write was refused, or its result is not known',
    fields: ['operation', 'call', 'why'],
    optional: [],
  },
  request: {
    level: 'info',
    when: 'a request to Partner Center was answered, or was not',
    fields: ['operation', 'status', 'tookMs', 'requestId'],
    optional: ['code'],
  },
  'rate-limited': {
    level: 'info',
    when: 'a request was not sent, to keep within the requests per minute or per check',
    fields: ['operation', 'why'],
    optional: ['delayMs'],
  },
  'customers-counted': {
    level: 'info',
    when: "the account's customers were listed: by the sweep, and by the proof of the sandbox once an hour",
    fields: ['customers', 'slots'],
    optional: [],
  },
  sweep: {
    level: 'info',
    when: 'the sweep has announced or requested teardowns, or refused to',
    fields: ['kind', 'reason', 'why', 'customers'],
    optional: ['nextStep'],
  },
  'dead-letter': {
    level: 'warn',
    when: 'the teardown of a dead letter was brought to its end',
    fields: ['queue', 'messageId'],
    optional: ['cause', 'description'],
  },
  'dead-letter-not-handled': {
    level: 'warn',
    when: 'a dead letter could not be handled; it stays, and the next run tries again',
    fields: ['queue', 'messageId', 'why'],
    optional: ['cause', 'description'],
  },
  'entitlements-refused': {
    level: 'warn',
    when: 'these credentials may not read entitlements; the teardown goes on with orders and subscriptions',
    fields: ['why'],
    optional: [],
  },
  'refresh-token-not-stored': {
    level: 'warn',
    when: 'the new refresh token could not be stored; the next refresh tries again',
    fields: ['why'],
    optional: [],
    instanceWide: true,
  },
} as const satisfies Readonly<Record<string, Event>>;

export type EventName = keyof typeof EVENTS;
