import { ServiceBusClient } from '@azure/service-bus';
import type { EmbeddedStack } from '../../../dev/stack/embedded-stack.ts';
import type { Scene } from '../scene.ts';
import { untilEnded } from '../until-ended.ts';
import { send } from './send.ts';

const MAX_MS = 300_000;

/**
 * One teardown from request to end. `reviewed`: a dry run comes first, and the teardown is to carry out exactly
 * that plan.
 */
export function teardown(reviewed: boolean): Scene {
  let body = {};
  return {
    async prepare(stack) {
      const customerTenantId = addCustomer(stack);
      const plan = reviewed && { ifUnchanged: await fingerprintOfPlan(stack, customerTenantId) };
      body = { customerTenantId, ...plan };
      return { outcomes: ['teardown deleted'], customersLeft: 0 };
    },
    async begin(stack, host, { outcomes }) {
      await send(stack, 'teardown-requests', { body, messageId: 'teardown' });
      await Promise.race([host.exited, untilEnded(stack, outcomes.length)]);
    },
  };
}

/** What it bought takes several checks; they are counted, so that every run has the same effects. */
function addCustomer({ sandbox }: EmbeddedStack): string {
  const { customerId } = sandbox.sandbox.addCustomer({
    purchases: [
      { kind: 'reservation', cancelTakesMs: 0, cancelTakesReads: 2 },
      { kind: 'new-commerce', cancelTakesMs: 0 },
      { kind: 'azure-plan', cancelTakesMs: 0, cancelTakesReads: 1 },
    ],
  });
  return customerId;
}

/** Has it planned, and takes the plan's outcome away. */
async function fingerprintOfPlan(stack: EmbeddedStack, customerId: string): Promise<string> {
  const body = { customerTenantId: customerId, dryRun: true };
  await send(stack, 'teardown-requests', { body, messageId: 'plan' });
  const client = new ServiceBusClient(stack.broker.connectionString);
  const audit = client.createReceiver('teardown-outcomes', 'audit');
  const [planned] = await audit.receiveMessages(1, { maxWaitTimeInMs: MAX_MS });
  if (planned === undefined) throw new Error('There is no plan.');
  await audit.completeMessage(planned);
  await client.close();
  // The plan's own message is settled a moment after its outcome.
  await untilEnded(stack, 0);
  const { data } = planned.body as { data: { fingerprint: string } };
  return data.fingerprint;
}
