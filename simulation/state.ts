import { createHash } from 'node:crypto';
import type { Cluster } from './cluster.ts';
import type { Effect } from './effects.ts';
import type { RequestPlan } from './scenario.ts';
import { AUDIT, CHECKS, deadOf, REQUESTS } from './service-bus.ts';

const PATHS = [REQUESTS, CHECKS, deadOf(REQUESTS), deadOf(CHECKS), AUDIT];
const MAX_MESSAGES = 250;

/**
 * A digest of everything that decides how a run can go on: the sandbox, the queues, and the progress and answers of
 * each invocation. It leaves out lock tokens and sequence numbers, which only show the order of events.
 */
export function digestOf(cluster: Cluster, spent: readonly number[]): string {
  return digest(partsOf(cluster), cluster, spent);
}

/** The same for one teardown and its customer, without all others. */
export function digestOfOne(
  teardownId: string,
  cluster: Cluster,
  spent: readonly number[],
): string {
  const { requests } = cluster.world.scenario;
  const others = requests
    .filter(({ messageId }) => messageId !== teardownId)
    .flatMap(({ messageId, customer }) => [messageId, ...customerIdOf(cluster, customer)]);
  const isOthers = (text: string) => others.some((name) => text.includes(name));
  const own = partsOf(cluster).map((part) => part.filter((text) => !isOthers(text)));
  return digest(own, cluster, [teardownId, ...spent]);
}

function customerIdOf({ world }: Cluster, customer: RequestPlan['customer']): string[] {
  const id = world.customers[customer ?? -1]?.id;
  return id === undefined ? [] : [id];
}

function digest(
  parts: string[][],
  { world }: Cluster,
  spent: readonly (number | string)[],
): string {
  const whole = [world.time.nowMs, spent, world.effects.history, parts];
  return createHash('sha1').update(JSON.stringify(whole)).digest('base64');
}

/** Lists of texts, each sorted, because their order has no meaning. */
function partsOf({ world, running }: Cluster): string[][] {
  const { customers, writes } = world.sandbox.state();
  const messages = PATHS.map((path) =>
    world.bus
      .peek(path, 0, MAX_MESSAGES)
      .map(({ content, state, deliveryCount }) => [content, state, deliveryCount]),
  );
  const inWork = running.map(({ path, message }) => [path, message?.content.messageId]);
  const lists: (readonly unknown[])[] = [customers, writes, ...messages, inWork];
  return [
    ...lists.map((list) => list.map((each) => JSON.stringify(each)).toSorted()),
    world.effects.waiting.map(nameOf).toSorted(),
  ];
}

/** The name of an effect with its invocation, by the history of that invocation and not by its start. */
export function nameOf({ invocation, name }: Effect): string {
  const { teardownId, attempt, path, history } = invocation ?? { history: [] };
  return JSON.stringify([name, teardownId, attempt, path, history.toSorted()]);
}
