import * as v from 'valibot';
import { redact } from '../../redaction/redact.ts';
import { type AcceptedCalls, MAX_ACCEPTED_CALLS } from './accepted-calls.ts';
import { type Look, MOST_ATTEMPTS } from './check.ts';
import { deadLetterSchema } from './dead-letter-cause.ts';
import { DIGEST, FINGERPRINT, MAX_PLAN_ITEMS } from './fingerprint.ts';
import type { IncomingMessage } from './incoming-message.ts';
import { checkIdOf, LONGEST_MESSAGE_ID } from './message-ids.ts';
import { type Parsed, requestSchema } from './request.ts';
import { MAX_WRITTEN, MAX_WRITTEN_LENGTH } from './written-calls.ts';

/** What is wrong with a message may quote all of it. */
const LONGEST_ISSUE = 200;

/** Method and path; the service's ids are short. */
const LONGEST_CALL = 1_000;

/** As long as any id that the client takes. */
const LONGEST_ID = 200;

/** Later ones have years of six digits, which the pattern does not know. */
const MAX_TIME_MS = Date.UTC(10_000, 0) - 1;

/**
 * The pattern alone lets some pass that are no time, such as one whose zone has no minutes, and some that could not be
 * written again.
 */
const time = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check(
    (value) => Date.parse(value) >= 0 && Date.parse(value) <= MAX_TIME_MS,
    'Invalid timestamp',
  ),
);

const names = {
  teardownId: v.pipe(v.string(), v.nonEmpty(), v.maxLength(LONGEST_MESSAGE_ID)),
  attempt: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_ATTEMPTS)),
  startedAt: time,
};

const fields = v.strictObject({
  ...names,
  /** False: the first look could not be finished, so this one takes its place. */
  begun: v.boolean(),
  domain: v.exactOptional(v.pipe(v.string(), v.nonEmpty())),
  request: requestSchema,
  missing: v.exactOptional(v.literal(true)),
  changed: v.exactOptional(v.pipe(v.string(), v.regex(FINGERPRINT))),
  held: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_ATTEMPTS))),
  plan: v.exactOptional(
    v.pipe(v.array(v.pipe(v.string(), v.regex(DIGEST))), v.maxLength(MAX_PLAN_ITEMS)),
  ),
  written: v.exactOptional(
    v.pipe(
      v.array(v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_WRITTEN_LENGTH))),
      v.maxLength(MAX_WRITTEN),
    ),
  ),
  acceptedCalls: v.exactOptional(
    v.pipe(
      v.record(v.pipe(v.string(), v.maxLength(LONGEST_ID)), time),
      v.maxEntries(MAX_ACCEPTED_CALLS),
    ),
  ),
  unanswered: v.exactOptional(
    v.strictObject({
      call: v.pipe(v.string(), v.maxLength(LONGEST_CALL)),
      requestId: v.pipe(v.string(), v.uuid()),
    }),
  ),
  deadLetter: v.exactOptional(deadLetterSchema),
});

const checkSchema = v.pipe(
  fields,
  v.check(({ attempt, held = 0 }) => held <= attempt, 'More looks were held back than there were.'),
);

/** The body of a check message: our own queue, our own shape. */
export type CheckBody = v.InferOutput<typeof checkSchema>;

export function checkBodyOf(look: Look): CheckBody {
  return {
    teardownId: look.teardownId,
    attempt: look.attempt,
    startedAt: new Date(look.startedMs).toISOString(),
    begun: look.begun,
    ...(look.domain !== undefined && look.domain !== '' && { domain: look.domain }),
    request: look.request,
    ...(look.missing && { missing: look.missing }),
    ...(look.changed !== undefined && { changed: look.changed }),
    ...(look.held !== undefined && { held: look.held }),
    ...(look.plan && { plan: [...look.plan] }),
    ...(look.written && { written: [...look.written] }),
    ...(look.acceptedCalls && { acceptedCalls: asTimes(look.acceptedCalls) }),
    ...(look.unanswered !== undefined &&
      look.unanswered.call.length <= LONGEST_CALL && { unanswered: look.unanswered }),
    ...(look.deadLetter !== undefined && { deadLetter: look.deadLetter }),
  };
}

/** Reads the check that a message holds. One of ours has the MessageId that its content says. */
export function checkIn({ body, bodyProblem, messageId }: IncomingMessage): Parsed<Look> {
  if (bodyProblem !== undefined) return notOurs(bodyProblem);
  const parsed = parseCheck(body);
  if (!parsed.ok) return parsed;
  const ownId = checkIdOf(parsed.value);
  return messageId === ownId ? parsed : notOurs(`Its MessageId would be ${JSON.stringify(ownId)}.`);
}

function notOurs(why: string): Parsed<never> {
  return {
    ok: false,
    sentence: `The queue teardown-checks is for this app's own messages, and this is none: ${why}`,
  };
}

/** Reads the body of a check message. */
export function parseCheck(body: unknown): Parsed<Look> {
  const result = v.safeParse(checkSchema, body);
  if (!result.success) return notOurs(redact(result.issues[0].message).slice(0, LONGEST_ISSUE));
  const { startedAt, acceptedCalls, ...rest } = result.output;
  return {
    ok: true,
    value: {
      ...rest,
      ...(acceptedCalls && { acceptedCalls: fromTimes(acceptedCalls) }),
      startedMs: Date.parse(startedAt),
    },
  };
}

function asTimes(cancellations: AcceptedCalls): Record<string, string> {
  return Object.fromEntries(
    [...cancellations].map(([id, atMs]) => [id, new Date(atMs).toISOString()]),
  );
}

function fromTimes(times: Readonly<Record<string, string>>): AcceptedCalls {
  return new Map(Object.entries(times).map(([id, at]) => [id, Date.parse(at)]));
}
