import { createHash } from 'node:crypto';
import { GUID_TEXT } from '../../shared/guid.ts';

/** Source: https://learn.microsoft.com/azure/service-bus-messaging/service-bus-quotas */
export const MAX_MESSAGE_ID_LENGTH = 128;

const CHECK = ':check:';

const HASH = /^sha256-[0-9a-f]{64}$/;

/**
 * `<teardownId>:<suffix>`: deterministic, so that duplicate detection drops whatever is sent twice. Where
 * that is too long for Service Bus, a hash stands for the teardown's id; also where the id is such a hash itself, because
 * nobody is to take the name of another.
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

/** The one MessageId that a check of this app has. */
export function checkIdOf({ teardownId, attempt }: CheckNames): string {
  return messageIdOf(teardownId, `check:${attempt}`);
}

/** The teardown, or the hash that stands for its id, whose check such a MessageId would be. */
export function teardownOfCheckId(messageId: string): string | undefined {
  const at = messageId.lastIndexOf(CHECK);
  const isCheck = at > 0 && /^[1-9]\d{0,5}$/.test(messageId.slice(at + CHECK.length));
  return isCheck ? messageId.slice(0, at) : undefined;
}

/** Of a sweep's request: the time of the schedule or of a run by hand, and the customer. */
const SWEEP_REQUEST = new RegExp(
  `^sweep-(?:\\d{8}T\\d{4}Z|by-hand-\\d{8}T\\d{9}Z)-${GUID_TEXT}$`,
  'i',
);

/** Whether a request has the name of one that a sweep sends. */
export function isSweepRequestId(messageId: string): boolean {
  return SWEEP_REQUEST.test(messageId);
}

export function hashOf(name: string): string {
  return `sha256-${createHash('sha256').update(name).digest('hex')}`;
}
