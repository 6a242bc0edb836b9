import * as v from 'valibot';
import { MAX_ACCEPTED_CALLS } from './accepted-calls.ts';
import { deadLetterSchema } from './dead-letter-cause.ts';
import { DIGEST, FINGERPRINT, MAX_PLAN_ITEMS } from './fingerprint.ts';
import { MAX_MESSAGE_ID_LENGTH } from './message-ids.ts';
import { requestSchema, type TeardownRequest } from './request.ts';
import { MAX_WRITTEN, MAX_WRITTEN_LENGTH } from './written-calls.ts';

/** Raise it with a change that the version before could not read or would misunderstand; a new field alone is none. */
export const CHECK_FORMAT = 1;

/** No check has a higher number, so that what a forged one makes of itself can be read as well. */
export const MAX_ATTEMPTS = 100_000;

/** Method and path; the service's ids are short. */
const MAX_CALL_LENGTH = 1_000;

/** As long as any id that the client takes. */
const MAX_ID_LENGTH = 200;

/** As this app writes times itself: everything else would be read otherwise than it stands there, such as 30 February. */
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
const textOf = (longest: number) => v.pipe(v.string(), v.nonEmpty(), v.maxLength(longest));

const identity = {
  /** The request's MessageId. */
  teardownId: textOf(MAX_MESSAGE_ID_LENGTH),
  /** 0 for the request's own check, one more for each after it. */
  attempt: count,
  startedAt: time,
};

/**
 * What checks have learnt for those after them: names and times, never a copy of the world. A new field stands here
 * alone.
 */
const progress = {
  /** Has an earlier check found the customer and passed all guards? */
  begun: v.boolean(),
  /** The customer's domain, its other name; known once begun. */
  domain: v.exactOptional(v.pipe(v.string(), v.nonEmpty())),
  /** An earlier check found no such customer: this one is to say so. */
  missing: v.exactOptional(v.literal(true)),
  /** An earlier check found this fingerprint, which is not the reviewed one: this one is to say so. */
  changed: v.exactOptional(v.pipe(v.string(), v.regex(FINGERPRINT))),
  /** Earlier checks that came to nothing because of this app's own rate limit. */
  rateLimited: v.exactOptional(count),
  /** The reviewed plan that `ifUnchanged` names, as the digests of its items; once begun. */
  plan: v.exactOptional(
    v.pipe(v.array(v.pipe(v.string(), v.regex(DIGEST))), v.maxLength(MAX_PLAN_ITEMS), v.readonly()),
  ),
  /** What earlier checks have written, in words. */
  written: v.exactOptional(
    v.pipe(v.array(textOf(MAX_WRITTEN_LENGTH)), v.maxLength(MAX_WRITTEN), v.readonly()),
  ),
  /** Calls of earlier checks whose effect takes its time, by the id of what they end, and when they were accepted. */
  acceptedCalls: v.exactOptional(
    v.pipe(
      v.record(v.pipe(v.string(), v.maxLength(MAX_ID_LENGTH)), time),
      v.maxEntries(MAX_ACCEPTED_CALLS),
      v.readonly(),
    ),
  ),
  /** A write of the check before that nobody answered. */
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

/** Of this version's format nothing is unknown. */
export const checkSchema = v.strictObject(body);
/** Of a newer one there may be more. */
export const newerCheckSchema = v.looseObject(body);
/** What must be readable of any, for it to be scheduled again. */
export const identitySchema = v.looseObject(identity);
const progressSchema = v.object(progress);

type Known = Readonly<v.InferOutput<typeof checkSchema>>;

/** One look at one teardown: who it is, what was asked for, and how far it is. */
export type Check = Pick<Known, 'teardownId' | 'attempt' | 'request'> &
  Progress & {
    /** When the first check began, in milliseconds since the epoch. */
    readonly startedMs: number;
    /** What a newer version of this app has added, which is handed on as it came. */
    readonly added?: Added;
  };
export type Progress = Readonly<v.InferOutput<typeof progressSchema>>;
export interface Added {
  readonly format: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

export type CheckBody = v.InferInput<typeof checkSchema>;

/** The body of a check message. What could not be read again stays out: progress saves work, and is no answer. */
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

/** The check that a body says. */
export function checkOf({
  format,
  startedAt,
  ...rest
}: v.InferOutput<typeof newerCheckSchema>): Check {
  const fields = Object.entries(rest).filter(([name]) => !(name in body));
  const known = Object.entries(rest).filter(([name]) => name in body);
  return {
    ...(Object.fromEntries(known) as Omit<Known, 'format' | 'startedAt'>),
    startedMs: Date.parse(startedAt),
    ...(format > CHECK_FORMAT && { added: { format, fields: Object.fromEntries(fields) } }),
  };
}

/** A request's own check, the first of its teardown. */
export function firstCheck(teardownId: string, request: TeardownRequest, nowMs: number): Check {
  return { teardownId, attempt: 0, startedMs: nowMs, request, begun: false };
}

/** How many checks before this one the rate limit let through: read rotation and backoff go by it. */
export function checksMade({
  attempt,
  rateLimited = 0,
}: Pick<Check, 'attempt' | 'rateLimited'>): number {
  return attempt - rateLimited;
}
