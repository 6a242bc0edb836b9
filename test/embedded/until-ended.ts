import { setTimeout as delay } from 'node:timers/promises';
import type { EmbeddedStack } from '../../dev/stack/embedded-stack.ts';

const MAX_MS = 300_000;
/** Nothing in any queue for so long, and not every outcome: none will come. Only a run that fails waits as long. */
const LOST_AFTER_MS = 120_000;
const CHECK_EVERY_MS = 20;

const AUDIT = 'teardown-outcomes/Subscriptions/audit';
const ATTENTION = 'teardown-outcomes/Subscriptions/attention';
const QUEUES = ['teardown-requests', 'teardown-checks'];

/** Resolves when there are so many outcomes and no message any more, or when there is nothing left to hope for. */
export async function untilEnded(stack: EmbeddedStack, outcomes: number): Promise<void> {
  const untilMs = performance.now() + MAX_MS;
  let busyMs = performance.now();
  while (performance.now() < untilMs) {
    if (messagesIn(stack) > 0) busyMs = performance.now();
    else if (outcomesOf(stack).length >= outcomes) return;
    if (performance.now() - busyMs > LOST_AFTER_MS) return;
    await delay(CHECK_EVERY_MS);
  }
}

/** In the queues and their dead-letter queues, whatever they wait for. */
export function messagesIn({ broker }: EmbeddedStack): number {
  const counts = QUEUES.map((path) => broker.namespace.counts(path));
  return counts.reduce(
    (sum, { active, scheduled, deferred, deadLettered }) =>
      sum + active + scheduled + deferred + deadLettered,
    0,
  );
}

/** How many events wait for a person. */
export function waitingFor({ broker }: EmbeddedStack): number {
  return broker.namespace.counts(ATTENTION).active;
}

/** What subscribers see: `<teardown> <outcome>`. */
export function outcomesOf({ broker }: EmbeddedStack): string[] {
  return broker.namespace
    .peek(AUDIT, 0, 100)
    .map(({ content }) => `${shortId(content.correlationId)} ${content.subject}`);
}

/** The same whenever it is played. */
export function shortId(id = ''): string {
  return id.replace(/^sweep-\d{8}T\d{4}Z/, 'sweep');
}
