import type { ServiceBusMessage } from '@azure/service-bus';
import { AUDIT } from '../service-bus.ts';
import type { World } from '../world.ts';
import type { Event } from './outcome-events.ts';
import { displacedBy, type Strangers } from './strangers.ts';

const MAX_MESSAGES = 250;
const eventOf = (messageId: string): string => `${messageId}:foreign-check`;

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
  if (!strangers.sentForeign(about)) return `Its own check ${about} was refused as a stranger's.`;
  const { data } = body as { readonly data: Event['data'] & { possiblyDisplaced?: string } };
  const names = [messageId, data.outcome, data.possiblyDisplaced].join(' ');
  const right = [eventOf(about), 'rejected', displacedBy(about)].join(' ');
  return names === right
    ? undefined
    : `The stranger's ${about} was answered ${names}, not ${right}.`;
}

/** A foreign message that no event reports. */
export function unanswered({ bus }: World, strangers: Strangers): string | undefined {
  const events = bus.peek(AUDIT, 0, MAX_MESSAGES).map(({ content }) => content.messageId);
  const silent = strangers.answerable().find((id) => !events.includes(eventOf(id)));
  return silent && `No event reports the foreign message ${silent}.`;
}
