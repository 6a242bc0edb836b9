import { setTimeout as delay } from 'node:timers/promises';
import { ServiceBusClient } from '@azure/service-bus';
import type { HostEvent } from '../../local/functions-host/events.ts';
import {
  type FunctionsHost,
  spawnFunctionsHost,
} from '../../local/functions-host/spawn-functions-host.ts';
import {
  APP_DIRECTORY,
  type EmbeddedStack,
  startEmbeddedStack,
} from '../../local/stack/embedded-stack.ts';
import { BusClients } from './bus-clients.ts';
import { type Effect, type Side, watchEffects } from './effects.ts';
import { JumpingClock } from './jumping-clock.ts';

/** Where in a teardown the host is killed: at which effect, and on which side of it. */
export interface KillPoint {
  readonly number: number;
  readonly side: Side;
}

/** How a teardown ended, and what it did on the way. */
export interface Aftermath {
  readonly effects: readonly Effect[];
  /** The effect at which its host was killed; undefined if it was not. */
  readonly killedAt: Effect | undefined;
  /** The outcomes that a subscriber sees. */
  readonly outcomes: readonly string[];
  readonly customersLeft: number;
  /** Messages that are still in a queue, in a dead-letter queue, or wait for a person. */
  readonly messagesLeft: number;
  /** What really changed in the sandbox, in order. */
  readonly changes: readonly string[];
  /** DELETEs that were refused while the customer was still there. One that finds it gone changes nothing. */
  readonly earlyDeletes: number;
  /** What invocations threw. */
  readonly thrown: readonly string[];
  readonly seconds: number;
}

/** As long as Service Bus lets any lock be: a dead host's message is receivable again after it. */
const LONGEST_LOCK_MS = 5 * 60_000;
const LONGEST_MS = 30_000;
/** Nothing in any queue for so long, and no outcome: none will come. */
const LOST_AFTER_MS = 2_000;
const LOOK_EVERY_MS = 20;
const TEARDOWN_ID = 'teardown';
const QUICK = { CHECK_FIRST_DELAY: 'PT0.1S', CHECK_LONGEST_DELAY: 'PT0.2S' };
const AUDIT = 'teardown-outcomes/Subscriptions/audit';
const TO_BE_EMPTY = [
  'teardown-requests',
  'teardown-checks',
  'teardown-outcomes/Subscriptions/attention',
];

/**
 * One teardown from request to end; its host dies at that point, if any, and is started anew. `reviewed`: a dry run
 * comes first, and the teardown is to carry out exactly that plan.
 */
export async function teardown(reviewed: boolean, point?: KillPoint): Promise<Aftermath> {
  const startedMs = performance.now();
  const clock = new JumpingClock();
  const clients = new BusClients();
  const stack = await startEmbeddedStack({ busClock: clock, log: clients.log });
  const thrown: string[] = [];
  let host: FunctionsHost | undefined;
  try {
    host = await startHost(stack, thrown);
    const customerId = addCustomer(stack);
    const ifUnchanged = reviewed ? await fingerprintOfPlan(stack, customerId) : undefined;
    let killedAt: Effect | undefined;
    const { pid } = host;
    const effects = watchEffects(stack, (effect, number, side) => {
      if (killedAt !== undefined || number !== point?.number || side !== point.side) return false;
      killedAt = effect;
      process.kill(pid, 'SIGKILL');
      return true;
    });
    await request(stack, customerId, ifUnchanged);
    await Promise.race([host.exited, untilEnded(stack)]);
    if (killedAt !== undefined) {
      await host.exited;
      // A message handed to the dead host after the jump would be locked for another minute.
      await clients.untilGone();
      clock.jump(LONGEST_LOCK_MS);
      host = await startHost(stack, thrown);
      await untilEnded(stack);
    }
    const seconds = (performance.now() - startedMs) / 1_000;
    return { ...whatIsThere(stack), effects, killedAt, thrown, seconds };
  } finally {
    await host?.kill();
    await stack.close();
  }
}

function startHost(stack: EmbeddedStack, thrown: string[]): Promise<FunctionsHost> {
  const onEvent = (event: HostEvent): void => {
    if (event.type !== 'invocation-ended' || event.succeeded) return;
    thrown.push(`${event.functionName}: ${event.error ?? 'unknown'}`);
  };
  return spawnFunctionsHost({
    appDirectory: APP_DIRECTORY,
    environment: { ...stack.settings, ...QUICK },
    onEvent,
  });
}

/** What it bought takes several looks; they are counted, so that every run has the same effects. */
function addCustomer({ sandbox }: EmbeddedStack): string {
  const { customerId } = sandbox.sandbox.addCustomer({
    purchases: [
      { kind: 'reservation', cancelTakesMs: 0, cancelTakesLooks: 2 },
      { kind: 'new-commerce', cancelTakesMs: 0 },
      { kind: 'azure-plan', cancelTakesMs: 0, cancelTakesLooks: 1 },
    ],
  });
  return customerId;
}

async function request(
  { broker }: EmbeddedStack,
  customerTenantId: string,
  ifUnchanged: string | undefined,
): Promise<void> {
  const client = new ServiceBusClient(broker.connectionString);
  const body = { customerTenantId, ...(ifUnchanged !== undefined && { ifUnchanged }) };
  await client.createSender('teardown-requests').sendMessages({ body, messageId: TEARDOWN_ID });
  await client.close();
}

/** Has it planned, and takes the plan's outcome away. */
async function fingerprintOfPlan(stack: EmbeddedStack, customerId: string): Promise<string> {
  const client = new ServiceBusClient(stack.broker.connectionString);
  const body = { customerTenantId: customerId, dryRun: true };
  await client.createSender('teardown-requests').sendMessages({ body, messageId: 'plan' });
  const audit = client.createReceiver('teardown-outcomes', 'audit');
  const [planned] = await audit.receiveMessages(1, { maxWaitTimeInMs: LONGEST_MS });
  if (planned === undefined) throw new Error('There is no plan.');
  await audit.completeMessage(planned);
  await client.close();
  await untilEmpty(stack);
  const { data } = planned.body as { data: { fingerprint: string } };
  return data.fingerprint;
}

/** The plan's own message is settled a moment after its outcome. */
async function untilEmpty(stack: EmbeddedStack): Promise<void> {
  const untilMs = performance.now() + LONGEST_MS;
  while (messagesIn(stack) > 0 && performance.now() < untilMs) await delay(LOOK_EVERY_MS);
}

/** Resolves when there is an outcome and no message any more, or when there is nothing left to hope for. */
async function untilEnded(stack: EmbeddedStack): Promise<void> {
  const untilMs = performance.now() + LONGEST_MS;
  let busyMs = performance.now();
  while (performance.now() < untilMs) {
    if (messagesIn(stack) > 0) busyMs = performance.now();
    else if (outcomesOf(stack).length > 0) return;
    if (performance.now() - busyMs > LOST_AFTER_MS) return;
    await delay(LOOK_EVERY_MS);
  }
}

function messagesIn({ broker }: EmbeddedStack): number {
  const counts = TO_BE_EMPTY.map((path) => broker.namespace.counts(path));
  return counts.reduce(
    (sum, { active, scheduled, deferred, deadLettered }) =>
      sum + active + scheduled + deferred + deadLettered,
    0,
  );
}

function outcomesOf({ broker }: EmbeddedStack): string[] {
  return broker.namespace.peek(AUDIT, 0, 100).map(({ content }) => content.subject ?? '');
}

function whatIsThere(stack: EmbeddedStack) {
  const { sandbox } = stack.sandbox;
  const { customers, writes } = sandbox.state();
  const deletes = sandbox
    .requests()
    .requests.filter(({ operation }) => operation === 'delete-customer');
  const done = deletes.findIndex(({ changed }) => changed);
  return {
    outcomes: outcomesOf(stack),
    customersLeft: customers.length,
    messagesLeft: messagesIn(stack),
    changes: writes.map(({ kind, id }) => `${kind} ${id}`),
    earlyDeletes: done === -1 ? deletes.length : done,
  };
}
