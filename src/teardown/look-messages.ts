import * as v from 'valibot';
import type { Look } from './look.ts';
import { type Parsed, requestSchema } from './request.ts';

const MOST_ATTEMPTS = 100_000;

const names = {
  teardownId: v.pipe(v.string(), v.nonEmpty(), v.maxLength(128)),
  attempt: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_ATTEMPTS)),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
};

const checkSchema = v.strictObject({
  ...names,
  domain: v.optional(v.pipe(v.string(), v.nonEmpty())),
  request: requestSchema,
});

/** The body of a check message: our own queue, our own shape. */
export type CheckBody = v.InferOutput<typeof checkSchema>;

export function checkBodyOf(look: Look): CheckBody {
  return {
    teardownId: look.teardownId,
    attempt: look.attempt,
    startedAt: new Date(look.startedMs).toISOString(),
    ...(look.domain !== undefined && { domain: look.domain }),
    request: look.request,
  };
}

/** Reads a check message. */
export function parseCheck(body: unknown, redelivered: boolean): Parsed<Look> {
  const result = v.safeParse(checkSchema, body);
  if (!result.success) {
    return {
      ok: false,
      sentence: `The queue teardown-checks is for this app's own messages, and this is none: ${result.issues[0].message}`,
    };
  }
  const { startedAt, domain, ...rest } = result.output;
  return {
    ok: true,
    value: {
      ...rest,
      ...(domain !== undefined && { domain }),
      startedMs: Date.parse(startedAt),
      begun: true,
      redelivered,
    },
  };
}

/** The application property in which a request that is sent again carries its teardown's names. */
export const LOOK_PROPERTY = 'teardownLook';

const lookPropertySchema = v.pipe(v.string(), v.parseJson(), v.strictObject(names));

export function lookPropertyOf({ teardownId, attempt, startedMs }: Look): string {
  return JSON.stringify({ teardownId, attempt, startedAt: new Date(startedMs).toISOString() });
}

/** The names in the property; undefined where it is absent or not ours. */
export function parseLookProperty(
  value: unknown,
): Pick<Look, 'teardownId' | 'attempt' | 'startedMs'> | undefined {
  const result = v.safeParse(lookPropertySchema, value);
  if (!result.success) return undefined;
  const { startedAt, ...rest } = result.output;
  return { ...rest, startedMs: Date.parse(startedAt) };
}
