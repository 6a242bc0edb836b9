import type { ServiceBusMessage } from '@azure/service-bus';
import type { EmbeddedStack } from '../../../dev/stack/embedded-stack.ts';
import { fire, type Scene, WITHOUT_TRIGGERS } from '../scene.ts';
import { send } from './send.ts';

/** A run over dead letters of every kind: a request, one that no one can read, a check, and the last check. */
export function deadLetters(): Scene {
  return {
    firstSettings: WITHOUT_TRIGGERS,
    async prepare(stack) {
      const { customerId } = stack.sandbox.sandbox.addCustomer({
        purchases: [{ kind: 'reservation' }],
      });
      const request = { customerTenantId: customerId };
      const startedAt = new Date().toISOString();
      const check = (teardownId: string) => ({
        ...{ teardownId, attempt: 1, startedAt, begun: true, request },
      });
      await letDie(
        stack,
        'teardown-requests',
        { messageId: 'request', body: request },
        { messageId: 'noise', body: 'noise' },
      );
      await letDie(
        stack,
        'teardown-checks',
        { messageId: 'check:check:1', body: check('check') },
        { messageId: 'last:check:1', body: { ...check('last'), deadLetter: {} } },
      );
      return {
        outcomes: ['check parked', 'last parked', 'noise rejected', 'request parked'],
        customersLeft: 1,
      };
    },
    begin: (_stack, host) => fire(host, 'parkDeadLetters'),
    again: (host) => fire(host, 'parkDeadLetters'),
  };
}

async function letDie(
  stack: EmbeddedStack,
  queue: string,
  ...messages: readonly ServiceBusMessage[]
): Promise<void> {
  await send(stack, queue, ...messages);
  const { namespace } = stack.broker;
  for (const { lockToken } of namespace.receive(queue, messages.length)) {
    namespace.settle(queue, lockToken, {
      kind: 'dead-letter',
      reason: 'MaxDeliveryCountExceeded',
      description: 'It failed ten times.',
    });
  }
}
