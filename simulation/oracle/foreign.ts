import type { ServiceBusMessage } from '@azure/service-bus';
import { AUDIT } from '../service-bus.ts';
import type { World } from '../world.ts';
import type { Event } from './outcome-events.ts';
import { displacedBy, type Strangers } from './strangers.ts';

const MAX_MESSAGES = 250;
/** The event that tells of a message, for a reason. */
const eventOf = (messageId: string, reason = 'foreign-check'): string => `${messageId}:${reason}`;

/** The problem with an answer to a foreign message: wrong names, or the app did send that message. */
export function judgeForeign(
  strangers: Strangers,
  {
    messageId,
    correlationId = '',
    body,
  }: Pick<ServiceBusMessage, 'messageId' | 'correlationId' | 'body'>,
): string | undefined {
  const about = String(correlationId);
  const { data } = body as { readonly data: Event['data'] & { possiblyDisplaced?: string } };
  const wasSent =
    data.reason === 'newer-check' ? strangers.sentNewer(about) : strangers.sentForeign(about);
  if (!wasSent) return `Its own check ${about} was refused as a stranger's.`;
  const names = [messageId, data.outcome, data.possiblyDisplaced].join(' ');
  const right = [eventOf(about, data.reason), 'rejected', displacedBy(about)].join(' ');
  return names === right
    ? undefined
    : `The stranger's ${about} was answered ${names}, not ${right}.`;
}

/** A foreign message that no event reports. */
export function unanswered({ bus }: World, strangers: Strangers): string | undefined {
  const events = bus.peek(AUDIT, 0, MAX_MESSAGES).map(({ content }) => content.messageId);
  const wanted = [
    ...strangers.answerable().map((id) => eventOf(id)),
    ...strangers.toBeReported().map((id) => eventOf(id, 'newer-check')),
  ];
  const silent = wanted.find((id) => !events.includes(id));
  return silent && `No event reports the foreign message: ${silent} is missing.`;
}
