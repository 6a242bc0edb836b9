import { type Action, actionsOf, type SmallWorld, type Spent } from './actions.ts';
import { byReplay, Choices } from './choices.ts';
import { Cluster } from './cluster.ts';
import type { Violation } from './oracle/violations.ts';
import { scheduleOutsideEvents } from './outside-events.ts';
import type { Scenario } from './scenario.ts';
import { settled } from './settled.ts';
import { digestOf, digestOfOne } from './state.ts';
import { World } from './world.ts';

export interface Exploration {
  /** Different states that were reached. */
  states: number;
  /** Runs from the beginning to an end, or to a state that was known. */
  runs: number;
  /** Runs that ended by themselves. */
  ends: number;
  /** States in which the instance died. */
  crashes: number;
  /** The first broken invariant, and the steps to it. */
  violation?: { readonly violation: Violation; readonly steps: readonly string[] };
}

const CANCEL_TAKES_MS = 1_000;
const MAX_STEPS = 400;

/**
 * Runs every order of events and every crash point of a small world, and has the oracle judge each. A run is replayed
 * from its beginning, because a state cannot be kept; a run that reaches a known state ends there.
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

/** One run, with its choices so far. */
interface Path {
  readonly cluster: Cluster;
  readonly spent: Spent;
  readonly taken: number[];
  readonly names: string[];
  /** Whether it has reached a new state: then it runs to its end. */
  isNew: boolean;
}

async function play(small: SmallWorld, prefix: readonly number[], search: Search): Promise<void> {
  const cluster = new Cluster(new World(new Choices(byReplay([])), calmScenario(small), true));
  scheduleOutsideEvents(cluster);
  const path: Path = {
    cluster,
    spent: { crashes: 0, duplicates: 0 },
    taken: [],
    names: [],
    isNew: false,
  };
  const { result } = search;
  let going = true;
  while (going && cluster.oracle.violations.length === 0)
    going = await step(small, path, prefix, search);
  const [violation] = cluster.oracle.violations;
  if (violation !== undefined) result.violation = { violation, steps: path.names };
}

/** False at the end, and at a known state. */
async function step(
  small: SmallWorld,
  path: Path,
  prefix: readonly number[],
  search: Search,
): Promise<boolean> {
  const { cluster, spent, taken, names } = path;
  cluster.deliver();
  await settled();
  cluster.checkWaiting();
  const actions = actionsOf(cluster, small, spent);
  if (actions.length === 0) return endOrWait(cluster, search.result, spent.crashes);
  if (taken.length >= MAX_STEPS) cluster.oracle.neverEnds(taken.length);
  const choice = prefix[taken.length] ?? firstOf(actions, path, small, search);
  if (choice === undefined) return false;
  const action = actions[choice];
  if (action === undefined) throw new Error('A run did not repeat itself.');
  taken.push(choice);
  names.push(action.name);
  action.act();
  await settled();
  return true;
}

/**
 * The event to run first here, while later runs take the others; undefined if all of them are known.
 *
 * While the instance may die, which concerns all customers at once, the state of all of them matters. After that no
 * customer's effect concerns another: each goes on by itself, and only if its own state is new.
 */
function firstOf(
  actions: readonly Action[],
  path: Path,
  small: SmallWorld,
  { known, open }: Search,
): number | undefined {
  const { cluster, spent, taken } = path;
  const budget = [spent.crashes, spent.duplicates];
  const places = (belongs: (action: Action) => boolean) =>
    actions.flatMap((action, place) => (belongs(action) ? [place] : []));
  const ids = [...new Set(actions.map(({ teardownId }) => teardownId))];
  const parts =
    spent.crashes < small.crashes
      ? [{ digest: digestOf(cluster, budget), choices: places(() => true) }]
      : ids.map((id) => ({
          digest: digestOfOne(id, cluster, budget),
          choices: places(({ teardownId }) => teardownId === id),
        }));
  const unknown = parts.find(({ digest }) => !known.has(digest));
  if (unknown === undefined) return path.isNew ? parts[0]?.choices[0] : undefined;
  known.add(unknown.digest);
  path.isNew = true;
  const [first, ...others] = unknown.choices;
  for (const other of others) open.push([...taken, other]);
  return first;
}

function endOrWait(cluster: Cluster, result: Exploration, crashes: number): boolean {
  const dueMs = cluster.nextDueMs();
  if (dueMs !== Infinity) {
    cluster.world.time.advanceTo(dueMs);
    return true;
  }
  cluster.oracle.atEnd();
  result.ends += 1;
  result.crashes += crashes;
  return false;
}

function calmScenario({ customers }: SmallWorld): Scenario {
  const numbers = Array.from({ length: customers }, (_, index) => index);
  return {
    mode: 'enforce',
    account: 'sandbox',
    customers: numbers.map(() => ({
      purchases: [{ kind: 'reservation', cancelTakesMs: CANCEL_TAKES_MS }],
    })),
    shields: [],
    requests: numbers.map((customer) => ({ messageId: `teardown-${customer}`, customer })),
    outsideChanges: {
      mode: false,
      protections: false,
      credentials: false,
      forgeries: false,
      removals: false,
      share: 0,
    },
    comesAgain: false,
    instances: 1,
    // One of the lists that a check reads.
    settings: { refuseEntitlementsToAppOnly: false },
    latencyMs: 0,
    troubleMs: 0,
    faultInjection: 0,
  };
}
