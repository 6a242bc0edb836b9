import type { ServiceBusMessage } from '@azure/service-bus';
import type { RequestPlan } from '../scenario.ts';
import { ATTENTION, AUDIT } from '../service-bus.ts';
import { UNKNOWN_CUSTOMER_ID, type World } from '../world.ts';
import { lastWord } from './names.ts';

/** An event as subscribers see it. */
export interface Event {
  readonly id: string;
  readonly type: string;
  readonly subject?: string;
  readonly data: {
    readonly outcome?: string;
    readonly reason?: string;
    readonly customerTenantId?: string;
    readonly domain?: string;
    readonly requestReason?: string;
  };
}

/** Whether an event answers a message that may be a stranger's, and ends no teardown. */
export function isForeign({ body }: { readonly body?: unknown }): boolean {
  return /^(foreign|newer)-check$/.test((body as Partial<Event>).data?.reason ?? '');
}

/** Whether an outcome ends a teardown of which nothing but the name could be read. */
export function isUnread({ reason }: Event['data']): boolean {
  return reason === 'newer-version';
}

/** The mark of the forged check from which a check or an outcome follows. */
export function markOf({ body }: { readonly body?: unknown }): string | undefined {
  const { request, data } = body as Partial<Event> & { request?: { reason?: string } };
  return request?.reason ?? data?.requestReason;
}

const MAX_MESSAGES = 250;

/** The problem with the properties of an outcome's message, by which subscribers filter and find it. */
export function misnamed(
  world: World,
  { messageId: teardownId, flaw, customer, forged }: RequestPlan,
  { messageId, correlationId, subject, body }: ServiceBusMessage,
): string | undefined {
  const { id, type, subject: about, data } = body as Event;
  const known = world.customers[customer ?? -1];
  const isKnown = flaw === undefined && !isUnread(data);
  const customerId = isKnown ? (known?.id ?? UNKNOWN_CUSTOMER_ID) : undefined;
  const wanted: readonly (readonly [string, unknown, unknown])[] = [
    ['MessageId', messageId, `${teardownId}:outcome`],
    ['CorrelationId', correlationId, teardownId],
    ['id', id, `${teardownId}:outcome`],
    ['type', type, `sandbox.teardown.${data.outcome}`],
    ['Subject', subject, lastWord(type)],
    ['subject', about, customerId],
    ['customerTenantId', data.customerTenantId, customerId],
    // A forged check may carry any domain, and its outcome repeats it.
    ['domain', forged ? known?.domain : (data.domain ?? known?.domain), known?.domain],
  ];
  const wrong = wanted.find(([, is, right]) => is !== right);
  return wrong && `The outcome of ${teardownId} has the ${wrong[0]} ${wrong[1]}, not ${wrong[2]}.`;
}

/** The subscription `attention` gets what needs a person: exactly the parked and the rejected ones. */
export function attentionProblem({ bus }: World): string | undefined {
  const idsIn = (path: string, wanted: (event: Event) => boolean): string =>
    bus
      .peek(path, 0, MAX_MESSAGES)
      .filter(({ content }) => wanted(content.body as Event))
      .map(({ content }) => content.messageId)
      .toSorted()
      .join(', ');
  const needed = idsIn(AUDIT, ({ data }) => /^(parked|rejected)$/.test(data.outcome ?? ''));
  const got = idsIn(ATTENTION, () => true);
  return got === needed ? undefined : `attention got ${got || 'nothing'}, not ${needed || 'that'}.`;
}
