import { createHash } from 'node:crypto';
import { GUID_TEXT } from '../../shared/guid.ts';

/** Source: https://learn.microsoft.com/azure/service-bus-messaging/service-bus-quotas */
export const MAX_MESSAGE_ID_LENGTH = 128;

const CHECK = ':check:';

const HASH = /^sha256-[0-9a-f]{64}$/;

/**
 * `<teardownId>:<suffix>`: deterministic, so that duplicate detection drops what is sent twice. If that is too long for
 * Service Bus, a hash replaces the teardown's id; also if the id looks like such a hash itself, so that no request can
 * take another's name.
 */
export function messageIdOf(teardownId: string, suffix: string): string {
  const id = `${teardownId}:${suffix}`;
  const isOwn = id.length <= MAX_MESSAGE_ID_LENGTH && !HASH.test(teardownId);
  return isOwn ? id : `${hashOf(teardownId)}:${suffix}`;
}

export interface CheckNames {
  readonly teardownId: string;
  readonly attempt: number;
}

/** The MessageId of a check. */
export function checkIdOf({ teardownId, attempt }: CheckNames): string {
  return messageIdOf(teardownId, `check:${attempt}`);
}

/**
 * The teardown (or the hash that stands for its id) whose check would have this MessageId; undefined for any other id.
 */
export function teardownOfCheckId(messageId: string): string | undefined {
  const at = messageId.lastIndexOf(CHECK);
  const isCheck = at > 0 && /^[1-9]\d{0,5}$/.test(messageId.slice(at + CHECK.length));
  return isCheck ? messageId.slice(0, at) : undefined;
}

/** The MessageId of a sweep's request: the time of the schedule or of a run by hand, and the customer. */
const SWEEP_REQUEST = new RegExp(
  `^sweep-(?:\\d{8}T\\d{4}Z|by-hand-\\d{8}T\\d{9}Z)-(${GUID_TEXT})$`,
  'i',
);

/** The customer whose request by a sweep has this MessageId, in lower case; undefined for any other id. */
export function customerOfSweepRequestId(messageId: string): string | undefined {
  return SWEEP_REQUEST.exec(messageId)?.[1]?.toLowerCase();
}

export function hashOf(name: string): string {
  return `sha256-${createHash('sha256').update(name).digest('hex')}`;
}
