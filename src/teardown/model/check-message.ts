import * as v from 'valibot';
import { redactAndCut } from '../../redaction/redact.ts';
import { defined } from '../../shared/defined.ts';
import { quoted, visible } from '../../shared/visible-text.ts';
import { credibleCalls } from './accepted-calls.ts';
import {
  CHECK_FORMAT,
  type Check,
  checkOf,
  checkSchema,
  identitySchema,
  newerCheckSchema,
} from './check.ts';
import { MAX_CLOCK_SKEW_MS } from './clock-skew.ts';
import type { IncomingMessage } from './incoming-message.ts';
import { checkIdOf } from './message-ids.ts';
import type { Parsed } from './request.ts';

/** The text of an issue may quote the whole message. */
const MAX_ISSUE_LENGTH = 200;

/**
 * A check of a newer version is sent again with all that is in it, and a message has at most 256 KB (Standard tier). Source:
 * https://learn.microsoft.com/azure/service-bus-messaging/service-bus-quotas
 */
const MAX_NEWER_BYTES = 128 * 1024;

/** A check of a newer version of this app that this version cannot read, during a deployment or a rollback. */
export interface NewerCheck {
  readonly teardownId: string;
  readonly attempt: number;
  readonly startedMs: number;
  /** The number under which it first came: this one, unless it has been postponed. */
  readonly postponedFrom: number;
  /** The body as it came. */
  readonly body: Readonly<Record<string, unknown>>;
}

export type ParsedCheck =
  | { readonly ok: true; readonly value: Check }
  | { readonly ok: false; readonly message: string; readonly newer?: NewerCheck };

/** Parses the check in a message. The MessageId of a genuine check follows from its content. */
export function checkIn(
  { body, bodyProblem, messageId }: IncomingMessage,
  nowMs: number,
): ParsedCheck {
  if (bodyProblem !== undefined) return notOurs(bodyProblem);
  const parsed = parseCheck(body);
  const names = parsed.ok ? parsed.value : parsed.newer;
  if (names === undefined) return parsed;
  // A check from the future would have no deadline.
  if (names.startedMs > nowMs + MAX_CLOCK_SKEW_MS)
    return notOurs('Its teardown begins in the future.');
  const ownId = checkIdOf(names);
  if (messageId !== ownId) return notOurs(`Its MessageId should be ${quoted(ownId)}.`);
  return parsed.ok ? { ok: true, value: asFarAsCredible(parsed.value, nowMs) } : parsed;
}

/** Parses the body of a check message. */
export function parseCheck(body: unknown): ParsedCheck {
  const isNewer = formatOf(body) > CHECK_FORMAT;
  if (isNewer && !fitsAMessage(body)) return notOurs('It is too large.');
  const result = v.safeParse(isNewer ? newerCheckSchema : checkSchema, body);
  if (result.success) {
    const { attempt, delays = 0 } = result.output;
    return delays > attempt
      ? notOurs('It counts more delays than checks.')
      : { ok: true, value: checkOf(result.output) };
  }
  const refused = notOurs(visible(redactAndCut(result.issues[0].message, MAX_ISSUE_LENGTH)));
  const newer = isNewer ? newerIn(body) : undefined;
  return newer === undefined ? refused : { ...refused, newer };
}

/** Without what no check of ours says: a time outside the teardown would keep a call from ever being made. */
function asFarAsCredible({ acceptedCalls, ...check }: Check, nowMs: number): Check {
  const credible = acceptedCalls && credibleCalls(acceptedCalls, check.startedMs, nowMs);
  return { ...check, ...defined({ acceptedCalls: credible }) };
}

function formatOf(body: unknown): number {
  const isObject = typeof body === 'object' && body !== null && 'format' in body;
  return isObject && Number.isSafeInteger(body.format) ? Number(body.format) : CHECK_FORMAT;
}

/** With what this version adds to it. */
function fitsAMessage(body: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(body)) <= MAX_NEWER_BYTES;
}

function newerIn(received: unknown): NewerCheck | undefined {
  const result = v.safeParse(identitySchema, received);
  if (!result.success) return undefined;
  const { postponedFrom = Number.POSITIVE_INFINITY, ...body } = result.output;
  const { teardownId, attempt, startedAt } = body;
  return {
    ...{ teardownId, attempt, body, startedMs: Date.parse(startedAt) },
    postponedFrom: Math.min(postponedFrom, attempt),
  };
}

function notOurs(why: string): Extract<Parsed<never>, { ok: false }> {
  return {
    ok: false,
    message: `The queue teardown-checks is for this app's own messages, and this is not one of them: ${why}`,
  };
}
