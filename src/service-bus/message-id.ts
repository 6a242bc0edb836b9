import { createHash } from 'node:crypto';

/** Source: Service Bus quotas: a MessageId has at most 128 characters. */
export const LONGEST_MESSAGE_ID = 128;

/**
 * `<teardownId>:<suffix>`: deterministic, so that duplicate detection drops whatever is sent twice. Where
 * that is too long for Service Bus, a hash stands for the teardown's id.
 */
export function messageIdOf(teardownId: string, suffix: string): string {
  const id = `${teardownId}:${suffix}`;
  if (id.length <= LONGEST_MESSAGE_ID) return id;
  return `sha256-${createHash('sha256').update(teardownId).digest('hex')}:${suffix}`;
}
