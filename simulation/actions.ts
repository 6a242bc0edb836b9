import type { Cluster } from './cluster.ts';
import type { Effect } from './effects.ts';
import { nameOf } from './state.ts';

/** A world small enough to run in every order. */
export interface SmallWorld {
  /** How many customers, with one order each. */
  readonly customers: number;
  /** How often the instance may die, before any effect or between an effect and its answer. */
  readonly crashes: number;
  /** How often a second delivery of a message may run beside the first. */
  readonly duplicates: number;
}

/** How much of that has been used up. */
export interface Spent {
  crashes: number;
  duplicates: number;
}

/** An event that may happen next. */
export interface Action {
  readonly name: string;
  /** The teardown of the event; the death of the instance concerns all. */
  readonly teardownId: string;
  act(): void;
}

/**
 * Every event that may happen next. Equal effects of equal invocations are one event. A read that no write can change
 * any more comes first and alone, because its order makes no difference, nor does a death before it.
 */
export function actionsOf(cluster: Cluster, small: SmallWorld, spent: Spent): Action[] {
  const { effects } = cluster.world;
  const quiet = effects.waiting.find((effect) => isQuiet(effect, cluster));
  if (quiet !== undefined) return [actionOf(quiet, cluster)];
  const waiting = [...new Map(effects.waiting.map((each) => [nameOf(each), each])).values()];
  return [
    ...waiting.map((effect) => actionOf(effect, cluster)),
    ...(spent.crashes < small.crashes ? deaths(waiting, cluster, spent) : []),
    ...(spent.duplicates < small.duplicates ? duplicates(waiting, cluster, spent) : []),
  ];
}

function actionOf(effect: Effect, { world }: Cluster): Action {
  const { name } = effect;
  return { name, teardownId: teardownOf(effect), act: () => world.effects.run(effect, true) };
}

function teardownOf({ invocation, name }: Effect): string {
  return invocation?.teardownId ?? name.replace(/^request /, '');
}

/** A read of a customer that only this invocation works on. */
function isQuiet({ name, invocation }: Effect, { running }: Cluster): boolean {
  if (name === 'sign in') return true;
  if (!/^(list|get)-/.test(name)) return false;
  return running.filter(({ teardownId }) => teardownId === invocation?.teardownId).length === 1;
}

function deaths(waiting: readonly Effect[], cluster: Cluster, spent: Spent): Action[] {
  const own = waiting.filter(({ instance }) => instance >= 0);
  const die = (effect: Effect, after: boolean) => () => {
    spent.crashes += 1;
    if (after) cluster.world.effects.run(effect, false);
    cluster.kill(effect.instance);
    cluster.world.effects.history.length = 0;
  };
  const [any] = own;
  if (any === undefined) return [];
  return [
    { name: '! dies', teardownId: '', act: die(any, false) },
    ...own.map((effect) => ({
      name: `! dies after ${effect.name}`,
      teardownId: '',
      act: die(effect, true),
    })),
  ];
}

/** Second deliveries of messages that are being taken; each may begin, and go on, at any time from then on. */
function duplicates(waiting: readonly Effect[], cluster: Cluster, spent: Spent): Action[] {
  return waiting.flatMap((effect) => {
    const { name, invocation } = effect;
    if (!name.startsWith('take ') || invocation === undefined) return [];
    const act = (): void => {
      spent.duplicates += 1;
      cluster.world.effects.run(effect, true);
      cluster.repeat(invocation);
    };
    const teardownId = teardownOf(effect);
    return [{ name: `${name}, which is delivered again`, teardownId, act }];
  });
}
