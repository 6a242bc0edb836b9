import { setTimeout as delay } from 'node:timers/promises';
import { ServiceBusClient } from '@azure/service-bus';
import { spawnFunctionsHost } from '../../local/functions-host/spawn-functions-host.ts';
import type { Entities } from '../../local/service-bus/entities.ts';
import {
  APP_DIRECTORY,
  type EmbeddedStack,
  startEmbeddedStack,
} from '../../local/stack/embedded-stack.ts';
import { type Effect, watchEffects } from './effects.ts';

/** Where in a teardown the host is killed: at which effect, and on which side of it. */
export interface KillPoint {
  readonly effect: number;
  readonly side: 'before' | 'after';
}

/** How a teardown ended whose host was killed once. */
export interface Aftermath {
  /** The effect at which it was killed; undefined if the run never came so far. */
  readonly killedAt: Effect | undefined;
  /** The outcomes that a subscriber sees. */
  readonly outcomes: readonly string[];
  /** Customers that are still there. */
  readonly customersLeft: number;
  /** Messages that are still in a queue, or in a dead-letter queue. */
  readonly messagesLeft: number;
  /** Changes that were made more than once. */
  readonly repeated: readonly string[];
  readonly seconds: number;
}

/** Every effect of an undisturbed teardown, in order. */
export async function effectsOfTeardown(): Promise<readonly Effect[]> {
  const { effects } = await teardown();
  return effects;
}

/** One teardown whose host dies at that point, and is started anew. */
export async function killHost(point: KillPoint): Promise<Aftermath> {
  return (await teardown(point)).aftermath;
}

/** Short, or a message of a dead host would come back only after a minute. */
const LOCK = 'PT2S';
const LONGEST_MS = 30_000;
const LOOK_EVERY_MS = 20;
const TEARDOWN_ID = 'killed';
const QUICK = { CHECK_FIRST_DELAY: 'PT0.1S', CHECK_LONGEST_DELAY: 'PT0.2S' };

async function teardown(point?: KillPoint) {
  const startedMs = performance.now();
  const stack = await startEmbeddedStack({ entities: withShortLocks });
  const client = new ServiceBusClient(stack.broker.connectionString);
  const start = () =>
    spawnFunctionsHost({
      appDirectory: APP_DIRECTORY,
      environment: { ...stack.settings, ...QUICK },
    });
  let host = await start();
  try {
    const { sandbox } = stack.sandbox;
    // Counted in looks, so that every run has the same effects up to the one that kills it.
    const { customerId } = sandbox.addCustomer({
      purchases: [
        { kind: 'reservation', cancelTakesLooks: 2 },
        { kind: 'new-commerce', cancelTakesMs: 0 },
        { kind: 'azure-plan', cancelTakesLooks: 1 },
      ],
    });
    let killedAt: Effect | undefined;
    const effects = watchEffects(stack, (effect, number, side) => {
      if (killedAt !== undefined || number !== point?.effect || side !== point.side) return false;
      killedAt = effect;
      process.kill(host.pid, 'SIGKILL');
      return true;
    });
    const body = { customerTenantId: customerId };
    await client.createSender('teardown-requests').sendMessages({ body, messageId: TEARDOWN_ID });
    if (point !== undefined) {
      await Promise.race([host.exited, untilQuiet(stack)]);
      host = await start();
    }
    await untilQuiet(stack);
    const outcomes = stack.broker.namespace
      .peek('teardown-outcomes/Subscriptions/audit', 0, 100)
      .map(({ content }) => content.subject ?? '');
    return {
      effects,
      aftermath: {
        ...judge(stack),
        killedAt,
        outcomes,
        seconds: (performance.now() - startedMs) / 1_000,
      },
    };
  } finally {
    await host.kill();
    await client.close();
    await stack.close();
  }
}

function withShortLocks(declared: Entities): Entities {
  const queues = declared.queues.map((queue) => ({
    ...queue,
    properties: { ...queue.properties, lockDuration: LOCK },
  }));
  return { ...declared, queues };
}

const QUEUES = ['teardown-requests', 'teardown-checks'];

function messagesIn({ broker }: EmbeddedStack): number {
  const counts = QUEUES.map((path) => broker.namespace.counts(path));
  return counts.reduce((sum, each) => sum + each.active + each.scheduled + each.deadLettered, 0);
}

/** Resolves when no queue holds a message any more, or after a time in which that should have come. */
async function untilQuiet(stack: EmbeddedStack): Promise<void> {
  const untilMs = performance.now() + LONGEST_MS;
  while (messagesIn(stack) > 0 && performance.now() < untilMs) await delay(LOOK_EVERY_MS);
}

function judge(stack: EmbeddedStack) {
  const { customers, writes } = stack.sandbox.sandbox.state();
  const changes = writes.map(({ kind, id }) => `${kind} ${id}`);
  return {
    customersLeft: customers.length,
    messagesLeft: messagesIn(stack),
    repeated: changes.filter((change, index) => changes.indexOf(change) !== index),
  };
}
