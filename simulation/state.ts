import { createHash } from 'node:crypto';
import type { Effect } from './effects.ts';
import type { Stage } from './stage.ts';
import { AUDIT, CHECKS, deadOf, REQUESTS } from './world.ts';

const PATHS = [REQUESTS, CHECKS, deadOf(REQUESTS), deadOf(CHECKS), AUDIT];
const MOST_MESSAGES = 250;

/**
 * A digest of everything that decides how a run can go on: the sandbox, the queues, how far each invocation is and
 * what it was told. Lock tokens and sequence numbers only say in which order things came to be, so they stay out.
 */
export function digestOf({ world, running }: Stage, spent: readonly number[]): string {
  const { customers, writes } = world.sandbox.state();
  const messages = PATHS.map((path) =>
    world.bus
      .peek(path, 0, MOST_MESSAGES)
      .map(({ content, state, deliveryCount }) => [content, state, deliveryCount])
      .map((message) => JSON.stringify(message))
      .toSorted(),
  );
  const held = running.map(({ path, message }) => [path, message?.content.messageId]);
  const parts = [
    world.time.nowMs,
    spent,
    customers,
    writes.map(({ kind, id }) => `${kind} ${id}`).toSorted(),
    messages,
    held.map((each) => JSON.stringify(each)).toSorted(),
    world.effects.history,
    world.effects.waiting.map(nameOf).toSorted(),
  ];
  return createHash('sha1').update(JSON.stringify(parts)).digest('base64');
}

/** An effect and whose it is, by what that invocation went through and not by when it began. */
export function nameOf({ invocation, name }: Effect): string {
  const { teardownId, attempt, path, history } = invocation ?? { history: [] };
  return JSON.stringify([name, teardownId, attempt, path, history.toSorted()]);
}
