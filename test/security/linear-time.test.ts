import { describe, expect, it } from 'vitest';
import { logsOf } from '../../src/functions/log-lines.ts';
import { safeError } from '../../src/functions/safe-error.ts';
import { isTransientError } from '../../src/partner-center/auth/login-errors.ts';
import { signInError } from '../../src/partner-center/auth/sign-in-error.ts';
import { claimsOf } from '../../src/partner-center/auth/token.ts';
import { readFault } from '../../src/partner-center/http/fault.ts';
import { retryAfterMs } from '../../src/partner-center/http/retry-after.ts';
import { paginate } from '../../src/partner-center/paginate.ts';
import { readOrder } from '../../src/partner-center/resources/order.ts';
import { readSubscription } from '../../src/partner-center/resources/subscription.ts';
import { ifMatch } from '../../src/partner-center/resources/updates.ts';
import { keepSecret } from '../../src/redaction/known-secrets.ts';
import { redact } from '../../src/redaction/redact.ts';
import { incomingMessage } from '../../src/service-bus/incoming-message.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { parseDurationMs } from '../../src/shared/duration.ts';
import { quoted } from '../../src/shared/visible-text.ts';
import { classifyError } from '../../src/teardown/errors/classify-error.ts';
import { checkIn } from '../../src/teardown/model/check-message.ts';
import { deadLetterCause } from '../../src/teardown/model/dead-letter-cause.ts';
import { teardownOfCheckId } from '../../src/teardown/model/message-ids.ts';
import { matchesDomain } from '../../src/teardown/model/protection.ts';
import { requestIn } from '../../src/teardown/model/request.ts';
import { GOOD_SETTINGS } from '../settings/good-settings.ts';
import { growthOf, MAX_GROWTH } from './linear-time.ts';

const MEGABYTE = 1024 * 1024;
/** Linux takes no longer one for a process. */
const MAX_VARIABLE_LENGTH = 128 * 1024;

/** A text of this length, of which a pattern that is not linear might try every part. */
const texts: Readonly<Record<string, (length: number) => string>> = {
  blanks: (length) => ' '.repeat(length),
  'blanks and an end': (length) => `${' '.repeat(length)}x`,
  'line ends': (length) => '\n'.repeat(length),
  'lines and blanks': (length) => ' \n'.repeat(length / 2),
  letters: (length) => 'a'.repeat(length),
  digits: (length) => '1'.repeat(length),
  'names of secrets': (length) => 'password'.repeat(length / 8),
  'a secret and blanks': (length) => `password=${' '.repeat(length)}`,
  'a secret and backslashes': (length) => `password="${'\\'.repeat(length)}`,
  'backslashes and a quote': (length) =>
    `password=${'\\'.repeat(length / 2)}"${'\\'.repeat(length / 2)}`,
  'bearers and blanks': (length) => `bearer${'%20'.repeat(length / 3)}`,
  'beginnings of keys': (length) => '-----BEGIN PRIVATE KEY-----'.repeat(length / 27),
  'beginnings of tokens': (length) => ' eyJabcdef.'.repeat(length / 11),
  'percent signs': (length) => '%2'.repeat(length / 2),
  'ampersands and zeros': (length) => `&#${'0'.repeat(length)}`,
  ampersands: (length) => '&#x'.repeat(length / 3),
  'commas and blanks': (length) => ', '.repeat(length / 2),
  'commas and days': (length) => ',1 '.repeat(length / 3),
  colons: (length) => ':'.repeat(length),
  semicolons: (length) => '; '.repeat(length / 2),
  dots: (length) => 'a.'.repeat(length / 2),
  stars: (length) => '*a'.repeat(length / 2),
  quotes: (length) => '"'.repeat(length),
  'an open list': (length) => '['.repeat(length),
  'JSON with escapes': (length) => `"${'\\n'.repeat(length / 2)}"`,
  'JSON with names': (length) => `{${'"a":{'.repeat(length / 5)}`,
  'AADSTS and digits': (length) => 'AADSTS9'.repeat(length / 7),
  "can't": (length) => "can't ".repeat(length / 6),
  'what is not seen': (length) => '\u200b'.repeat(length),
};

const nothing = (): void => undefined;
const bytes = (text: string) => ({ kind: 'bytes', bytes: Buffer.from(text) }) as const;
const received = (text: string) =>
  incomingMessage({ messageId: text.slice(0, 1_000), sequenceNumber: 1n, body: bytes(text) });
const customerTenantId = '11111111-2222-3333-4444-555555555555';
const time = '2026-01-01T00:00:00.000Z';

/** One of each kind of setting. */
const settings = [
  'ServiceBusConnection',
  'ServiceBusConnection__fullyQualifiedNamespace',
  'SANDBOX_TENANT_ID',
  'DENIED_TENANT_IDS',
  'PROTECTED_CUSTOMERS',
  'SWEEP_INCLUDE',
  'SWEEP_SCHEDULE',
  'SWEEP_GRACE',
  'CHECK_DELAY_MULTIPLIER',
  'PARTNER_CENTER_API_URL',
  'PARTNER_CENTER_REFRESH_TOKEN_SECRET',
];

/** Whatever takes in a text that someone else wrote. What it does with it is told by other tests. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  'a secret to be known': keepSecret,
  'a text to be redacted': redact,
  'a message': received,
  'the fields of a request': (text) =>
    requestIn({
      messageId: text,
      body: { customerTenantId, expectedDomain: text, minIdle: text, reason: text },
    }),
  'the names of a request': (text) => requestIn({ messageId: text, body: { [text]: text } }),
  'a request that is text': (text) => requestIn({ messageId: text, body: text }),
  'the fields of a check': (text) =>
    checkIn(
      {
        messageId: text,
        body: {
          ...{ teardownId: text, attempt: 1, startedAt: text, begun: true, domain: text },
          request: { customerTenantId },
          acceptedCalls: { [text]: time },
        },
      },
      0,
    ),
  'the MessageId of a check': (text) => teardownOfCheckId(`${text}:check:${text}`),
  'the cause of a dead letter': (text) => deadLetterCause(text, text),
  'a duration': parseDurationMs,
  'a domain': (text) => matchesDomain('*.a*b*.contoso.com', text),
  'a domain pattern': (text) => matchesDomain(text, 'a.contoso.com'),
  'a text to be shown': quoted,
  'the body of an error': readFault,
  'an order': (text) =>
    readOrder({ id: '1', alternateid: text, creationdate: text, status: text, lineitems: [] }),
  'a subscription': (text) =>
    readSubscription({ id: '1', creationDate: text, status: text, orderId: text, actions: [text] }),
  'an ETag': ifMatch,
  'a quoted ETag': (text) => ifMatch(`W/"${text}`),
  'a Retry-After': (text) => retryAfterMs(text, 0),
  'what a login says': (text) => [isTransientError(text), signInError(new Error(text))],
  'the claims of a token': (text) => claimsOf({ token: `${text}.${text}.` }),
  'what an error means': (text) =>
    classifyError({ operation: 'cancel-order', status: 400, description: text, body: text }),
  'a log line': (text) =>
    logsOf({ log: nothing, warn: nothing })(text)('rate-limited', {
      operation: 'list-orders',
      why: text,
    }),
  'an error': (text) => safeError(new Error(text)),
  ...Object.fromEntries(
    settings.map((name) => [
      name,
      (text: string) => readSettings({ ...GOOD_SETTINGS, [name]: text }),
    ]),
  ),
};

describe.each(Object.keys(readers))('%s of a megabyte', (name) => {
  it.each(Object.keys(texts))('takes no more than its length in time: %s', async (kind) => {
    const read = readers[name] ?? nothing;
    const text = texts[kind] ?? String;
    const work = (length: number): void => {
      try {
        read(text(length));
      } catch {
        // Refused, as most of these are.
      }
    };
    const maxLength = settings.includes(name) ? MAX_VARIABLE_LENGTH : MEGABYTE;
    expect(await growthOf(work, maxLength)).toBeLessThan(MAX_GROWTH);
  });
});

/** Redaction cuts at 16 thousand characters, so its patterns show what they are like below that. */
describe('the patterns of redaction', () => {
  it.each(Object.keys(texts))('take no more than the length in time: %s', async (kind) => {
    const text = texts[kind] ?? String;
    const often = (length: number): void => {
      for (let times = 0; times < 20; times += 1) redact(text(length).slice(0, 16 * 1024));
    };
    expect(await growthOf(often, 16 * 1024)).toBeLessThan(MAX_GROWTH);
  });
});

it.each(Object.keys(texts))(
  'a page link of a megabyte takes no more than its length in time: %s',
  async (kind) => {
    const text = texts[kind] ?? String;
    const work = async (length: number): Promise<void> => {
      const uri = `/v1/customers?${text(length)}`;
      const body = JSON.stringify({ items: [], links: { next: { uri } } });
      const api = {
        origin: 'https://api.example',
        signedIn: () => Promise.reject(new Error('This test sends no signed request.')),
        send: () => Promise.resolve({ status: 200, headers: new Headers(), body }),
      };
      await paginate(api, 'list-customers', '/customers').catch(() => undefined);
    };
    expect(await growthOf(work, MEGABYTE)).toBeLessThan(MAX_GROWTH);
  },
);
