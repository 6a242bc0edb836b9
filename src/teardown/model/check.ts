import * as v from 'valibot';
import { MAX_ACCEPTED_CALLS } from './accepted-calls.ts';
import { boundedText, MAX_ID_LENGTH } from './bounded-text.ts';
import { deadLetterSchema } from './dead-letter-cause.ts';
import { DIGEST, FINGERPRINT, MAX_PLAN_ITEMS } from './fingerprint.ts';
import { MAX_MESSAGE_ID_LENGTH } from './message-ids.ts';
import { requestSchema, type TeardownRequest } from './request.ts';
import { waitsSchema } from './wait.ts';
import { MAX_WRITTEN, MAX_WRITTEN_LENGTH } from './written-calls.ts';

/**
 * Raise it with every change that the previous version could not read, or would misunderstand: a new field is one, as
 * nothing unknown is taken in a check of the same format.
 */
export const CHECK_FORMAT = 3;

/** The highest number of a check, so that the successor of a forged check can be read too. */
export const MAX_ATTEMPTS = 100_000;

/** The length of method and path; the service's ids are short. */
const MAX_CALL_LENGTH = 1_000;

/** A time in the form in which this app writes it. Others may be read as another time, such as 30 February. */
const time = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check((value) => isOwnForm(value), 'Invalid timestamp'),
);

function isOwnForm(value: string): boolean {
  const ms = Date.parse(value);
  return ms >= 0 && new Date(ms).toISOString() === value;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_ATTEMPTS));

const identity = {
  /** The request's MessageId. */
  teardownId: boundedText(MAX_MESSAGE_ID_LENGTH),
  /** 0 for the request's own check, and one more for each check after it. */
  attempt: count,
  startedAt: time,
};

/** What checks pass on to later ones: names and times, never a copy of the world. A new field is added only here. */
const progress = {
  /** Whether an earlier check found the customer and passed all guards. */
  begun: v.boolean(),
  /** The customer's domain; known once begun. */
  domain: v.exactOptional(v.pipe(v.string(), v.nonEmpty())),
  /** An earlier check found no such customer; this one reports it. */
  missing: v.exactOptional(v.literal(true)),
  /** An earlier check found this fingerprint instead of the reviewed one; this check reports it. */
  changed: v.exactOptional(v.pipe(v.string(), v.regex(FINGERPRINT))),
  /** How many earlier checks were followed by a delay of the backoff, rather than at once or in their turn. */
  delays: v.exactOptional(count),
  /** The reviewed plan that `ifUnchanged` names, as the digests of its items; once begun. */
  plan: v.exactOptional(
    v.pipe(v.array(v.pipe(v.string(), v.regex(DIGEST))), v.maxLength(MAX_PLAN_ITEMS), v.readonly()),
  ),
  /** The calls that earlier checks made, in words. */
  written: v.exactOptional(
    v.pipe(v.array(boundedText(MAX_WRITTEN_LENGTH)), v.maxLength(MAX_WRITTEN), v.readonly()),
  ),
  /** When calls of earlier checks were accepted whose effect takes a while, by the id of what they end. */
  acceptedCalls: v.exactOptional(
    v.pipe(
      v.record(v.pipe(v.string(), v.maxLength(MAX_ID_LENGTH)), time),
      v.maxEntries(MAX_ACCEPTED_CALLS),
      v.readonly(),
    ),
  ),
  /** What this check waits for: it asks for one of them at a time, and reads everything once that has changed. */
  waitsFor: v.exactOptional(waitsSchema),
  /** When everything is read in any case. */
  readAllAt: v.exactOptional(time),
  /** A write of the previous check that got no answer. */
  unanswered: v.exactOptional(
    v.pipe(
      v.strictObject({
        call: v.pipe(v.string(), v.maxLength(MAX_CALL_LENGTH)),
        requestId: v.pipe(v.string(), v.uuid()),
      }),
      v.readonly(),
    ),
  ),
  /** An earlier message of this teardown became a dead letter: this check only ends it. */
  deadLetter: v.exactOptional(deadLetterSchema),
};

const format = v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1);
const body = { format, ...identity, request: requestSchema, ...progress };

/** What a check may have besides, and does not pass on. */
const dropped = {
  /** Of format 2. */
  rateLimited: v.exactOptional(count),
  /** The number under which it first came to a version that could not read it. */
  postponedFrom: v.exactOptional(count),
};

/** A check of this version's format has no unknown fields. */
export const checkSchema = v.strictObject({ ...body, ...dropped });
/** A check of a newer format may have unknown fields. */
export const newerCheckSchema = v.looseObject({ ...body, ...dropped });
/** What must be readable of every check, so that it can be scheduled again. */
export const identitySchema = v.looseObject({
  ...identity,
  postponedFrom: v.fallback(v.optional(count), undefined),
});
const progressSchema = v.object(progress);

type Known = Omit<Readonly<v.InferOutput<typeof checkSchema>>, keyof typeof dropped>;

/** One check of a teardown: its identity, its request, and its progress. */
export type Check = Pick<Known, 'teardownId' | 'attempt' | 'request'> &
  Progress & {
    /** When the first check began, in milliseconds since the epoch. */
    readonly startedMs: number;
    /** What a newer version of this app has added, which is passed on as it came. */
    readonly added?: Added;
  };
export type Progress = Readonly<v.InferOutput<typeof progressSchema>>;
export interface Added {
  readonly format: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

export type CheckBody = v.InferInput<typeof checkSchema>;

/** The body of a check message. Progress that could not be parsed again is left out: it only saves work. */
export function checkBodyOf({ startedMs, added, ...check }: Check): CheckBody {
  const kept = Object.entries(progress).filter(([name, schema]) =>
    v.is(schema, check[name as keyof Progress]),
  );
  const { teardownId, attempt, request, begun } = check;
  return {
    ...added?.fields,
    format: added?.format ?? CHECK_FORMAT,
    ...{ teardownId, attempt, startedAt: new Date(startedMs).toISOString(), request, begun },
    ...Object.fromEntries(kept.map(([name]) => [name, check[name as keyof Progress]])),
  };
}

/** The check in a parsed body. */
export function checkOf({
  format,
  startedAt,
  ...rest
}: v.InferOutput<typeof newerCheckSchema>): Check {
  const fields = Object.entries(rest).filter(([name]) => !(name in body || name in dropped));
  const known = Object.entries(rest).filter(([name]) => name in body);
  return {
    ...(Object.fromEntries(known) as Omit<Known, 'format' | 'startedAt'>),
    startedMs: Date.parse(startedAt),
    ...(format > CHECK_FORMAT && { added: { format, fields: Object.fromEntries(fields) } }),
  };
}

/** What a check says to the next one alone, or what is added to as it ends. */
const OF_ONE_CHECK: ReadonlySet<string> = new Set<keyof Progress>([
  'missing',
  'changed',
  'deadLetter',
  'written',
  'acceptedCalls',
]);

/** What holds until the world has been read: what is still to be repeated, and to be asked for. */
const UNTIL_READ: ReadonlySet<string> = new Set<keyof Progress>([
  'domain',
  'unanswered',
  'waitsFor',
  'readAllAt',
]);

/** What a check passes on if it cannot read the world. A new field is passed on as well. */
export function progressBefore(check: Check): Progress {
  return progressOf(check, (name) => !OF_ONE_CHECK.has(name));
}

/** What a check passes on besides what it has read. */
export function progressAfterReading(check: Check): Progress {
  return progressOf(check, (name) => !OF_ONE_CHECK.has(name) && !UNTIL_READ.has(name));
}

function progressOf(check: Check, isPassedOn: (name: string) => boolean): Progress {
  const fields = Object.entries(check).filter(([name]) => name in progress && isPassedOn(name));
  return Object.fromEntries(fields) as Progress;
}

/** A request's own check, the first of its teardown. */
export function firstCheck(teardownId: string, request: TeardownRequest, nowMs: number): Check {
  return { teardownId, attempt: 0, startedMs: nowMs, request, begun: false };
}
