import { byHeart, Choices } from './choices.ts';
import type { Effect } from './effects.ts';
import type { Violation } from './oracle/violations.ts';
import type { Scenario } from './scenario.ts';
import { settled } from './settled.ts';
import { Stage } from './stage.ts';
import { digestOf, nameOf } from './state.ts';
import { World } from './world.ts';

/** A world small enough to play in every order. */
export interface SmallWorld {
  /** How many customers, with one order each. */
  readonly customers: number;
  /** How often the instance may die, before any effect or between an effect and its answer. */
  readonly crashes: number;
  /** How often a message may be worked on a second time while the first is at it. */
  readonly duplicates: number;
}

export interface Exploration {
  /** Different states that were reached. */
  states: number;
  /** Runs from the beginning to an end, or to a state that was known. */
  runs: number;
  /** Runs that came to an end of their own. */
  ends: number;
  /** States in which the instance died. */
  crashes: number;
  /** The first broken invariant, and the steps that lead to it. */
  violation?: { readonly violation: Violation; readonly steps: readonly string[] };
}

interface Action {
  readonly name: string;
  act(): void;
}

const CANCEL_TAKES_MS = 1_000;
const MOST_STEPS = 400;

/**
 * Plays every order of events and every crash point of a small world, and has the oracle judge each. A run is
 * replayed from its beginning, for a state cannot be kept; one that reaches a known state ends there.
 */
export async function explore(
  small: SmallWorld,
  onProgress: (sofar: Exploration) => void = () => undefined,
): Promise<Exploration> {
  const result: Exploration = { states: 0, runs: 0, ends: 0, crashes: 0 };
  const known = new Set<string>();
  const open: number[][] = [[]];
  for (let prefix = open.pop(); prefix !== undefined; prefix = open.pop()) {
    result.runs += 1;
    await play(small, prefix, { result, known, open });
    if (result.violation !== undefined) break;
    onProgress(result);
  }
  result.states = known.size;
  return result;
}

interface Search {
  readonly result: Exploration;
  readonly known: Set<string>;
  readonly open: number[][];
}

/** One run, with what was chosen in it so far. */
interface Path {
  readonly stage: Stage;
  readonly spent: { crashes: number; duplicates: number };
  readonly taken: number[];
  readonly names: string[];
}

async function play(small: SmallWorld, prefix: readonly number[], search: Search): Promise<void> {
  const stage = new Stage(new World(new Choices(byHeart([])), calmScenario(small), true));
  const path: Path = { stage, spent: { crashes: 0, duplicates: 0 }, taken: [], names: [] };
  const { result } = search;
  let going = true;
  while (going && stage.oracle.violations.length === 0)
    going = await step(small, path, prefix, search);
  const [violation] = stage.oracle.violations;
  if (violation !== undefined) result.violation = { violation, steps: path.names };
}

/** False at the end, and where the run comes to a state that is known. */
async function step(
  small: SmallWorld,
  { stage, spent, taken, names }: Path,
  prefix: readonly number[],
  { result, known, open }: Search,
): Promise<boolean> {
  stage.deliver();
  await settled();
  stage.judgeWaiting();
  const actions = actionsOf(stage, small, spent);
  if (actions.length === 0) return endOrWait(stage, result, spent.crashes);
  if (taken.length >= MOST_STEPS) stage.oracle.neverEnds(taken.length);
  if (taken.length >= prefix.length) {
    const digest = digestOf(stage, [spent.crashes, spent.duplicates]);
    if (known.has(digest)) return false;
    known.add(digest);
    for (let other = 1; other < actions.length; other += 1) open.push([...taken, other]);
  }
  const choice = prefix[taken.length] ?? 0;
  const action = actions[choice];
  if (action === undefined) throw new Error('A run did not repeat itself.');
  taken.push(choice);
  names.push(action.name);
  action.act();
  await settled();
  return true;
}

function endOrWait(stage: Stage, result: Exploration, crashes: number): boolean {
  const dueMs = stage.nextDueMs();
  if (dueMs !== Infinity) {
    stage.world.time.advanceTo(dueMs);
    return true;
  }
  stage.oracle.atEnd();
  result.ends += 1;
  result.crashes += crashes;
  return false;
}

/**
 * Everything that may happen next. Equal effects of equal invocations are one; and a read that nobody's write can
 * change any more comes first and alone, because no order with it makes a difference, nor does a death before it.
 * Once no death is left, which would hit all customers at once, one customer's effects come before another's: each
 * concerns only its own customer, so every order of them leads to the same.
 */
function actionsOf(stage: Stage, small: SmallWorld, spent: Path['spent']): Action[] {
  const { effects } = stage.world;
  const quiet = effects.waiting.find((effect) => isQuiet(effect, stage));
  if (quiet !== undefined) return [{ name: quiet.name, act: () => effects.run(quiet, true) }];
  const different = [...new Map(effects.waiting.map((each) => [nameOf(each), each])).values()];
  const waiting = spent.crashes < small.crashes ? different : ofOneCustomer(different);
  return [
    ...waiting.map((effect) => ({ name: effect.name, act: () => effects.run(effect, true) })),
    ...(spent.crashes < small.crashes ? deaths(waiting, stage, spent) : []),
    ...(spent.duplicates < small.duplicates ? duplicates(waiting, stage, spent) : []),
  ];
}

/** Those of the teardown whose name comes first. */
function ofOneCustomer(effects: readonly Effect[]): Effect[] {
  const [first] = effects.map(teardownOf).toSorted();
  return effects.filter((effect) => teardownOf(effect) === first);
}

function teardownOf({ invocation, name }: Effect): string {
  return invocation?.teardownId ?? name.replace(/^request /, '');
}

/** A read of a customer that only this invocation works on. */
function isQuiet({ name, invocation }: Effect, { running }: Stage): boolean {
  if (name === 'sign in') return true;
  if (!/^(list|get)-/.test(name)) return false;
  return running.filter(({ teardownId }) => teardownId === invocation?.teardownId).length === 1;
}

function deaths(waiting: readonly Effect[], stage: Stage, spent: Path['spent']): Action[] {
  const own = waiting.filter(({ instance }) => instance >= 0);
  const die = (effect: Effect, after: boolean) => () => {
    spent.crashes += 1;
    if (after) stage.world.effects.run(effect, false);
    stage.kill(effect.instance);
    stage.world.effects.history.length = 0;
  };
  const [any] = own;
  if (any === undefined) return [];
  return [
    { name: '! dies', act: die(any, false) },
    ...own.map((effect) => ({ name: `! dies after ${effect.name}`, act: die(effect, true) })),
  ];
}

/** Delivered once more as it is taken; the second delivery may begin, and go on, at any time from then on. */
function duplicates(waiting: readonly Effect[], stage: Stage, spent: Path['spent']): Action[] {
  return waiting.flatMap((effect) => {
    const { name, invocation } = effect;
    if (!name.startsWith('take ') || invocation === undefined) return [];
    const act = (): void => {
      spent.duplicates += 1;
      stage.world.effects.run(effect, true);
      stage.repeat(invocation);
    };
    return [{ name: `${name}, which is delivered again`, act }];
  });
}

function calmScenario({ customers }: SmallWorld): Scenario {
  const numbers = Array.from({ length: customers }, (_, index) => index);
  return {
    mode: 'enforce',
    account: 'sandbox',
    customers: numbers.map(() => ({
      purchases: [{ kind: 'reservation', cancelTakesMs: CANCEL_TAKES_MS }],
    })),
    protectedCustomers: new Set(),
    requests: numbers.map((customer) => ({ messageId: `teardown-${customer}`, customer })),
    instances: 1,
    refusesEntitlements: false,
    unknownCustomer: { status: 403, code: '20002' },
    etagLifetimeMs: 0,
    latencyMs: 0,
    troubleMs: 0,
    mischief: 0,
  };
}
