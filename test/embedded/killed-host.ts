import { type FunctionsHost, type HostEvent, spawnFunctionsHost } from 'local-functions-host';
import {
  APP_DIRECTORY,
  type EmbeddedStack,
  startEmbeddedStack,
} from '../../dev/stack/embedded-stack.ts';
import { BusClients } from './bus-clients.ts';
import { type Effect, type Side, watchEffects } from './effects.ts';
import { JumpingClock } from './jumping-clock.ts';
import type { RightEnd, Scene } from './scene.ts';
import { messagesIn, outcomesOf, untilEnded, waitingFor } from './until-ended.ts';

/** Where in a scene the host is killed: at which effect, and on which side of it. */
export interface KillPoint {
  readonly number: number;
  readonly side: Side;
}

/** How a scene ended, and what was done on the way. */
export interface Aftermath {
  readonly right: RightEnd;
  /** Of the first host. */
  readonly effects: readonly Effect[];
  /** The effect at which its host was killed; undefined if it was not. */
  readonly killedAt: Effect | undefined;
  /** What subscribers see: `<teardown> <outcome>`. */
  readonly outcomes: readonly string[];
  readonly customersLeft: number;
  /** Messages that are still in a queue or a dead-letter queue. */
  readonly messagesLeft: number;
  /** Events that wait for a person. */
  readonly waiting: number;
  /** What really changed in the sandbox, in order. */
  readonly changes: readonly string[];
  /** DELETEs that were refused while the customer was still there. One that finds it gone changes nothing. */
  readonly earlyDeletes: number;
  /** What invocations threw. */
  readonly thrown: readonly string[];
  readonly seconds: number;
}

/** As long as Service Bus lets any lock be: a dead host's message is receivable again after it. */
const MAX_LOCK_MS = 5 * 60_000;
const QUICK = { CHECK_FIRST_DELAY: 'PT0.1S', CHECK_MAX_DELAY: 'PT0.2S' };

/**
 * Plays a scene on a stack of its own; the host dies at that point, if any, and is started anew. Played again if its time
 * was over meanwhile: a sweep is another one after the time that it stands for.
 */
export async function play(makeScene: () => Scene, point?: KillPoint): Promise<Aftermath> {
  const scene = makeScene();
  const aftermath = await playOnce(scene, point);
  const isOver = Date.now() >= (scene.untilMs ?? Number.POSITIVE_INFINITY);
  return isOver ? play(makeScene, point) : aftermath;
}

async function playOnce(scene: Scene, point: KillPoint | undefined): Promise<Aftermath> {
  const startedMs = performance.now();
  const clock = new JumpingClock();
  const clients = new BusClients();
  const stack = await startEmbeddedStack({ busClock: clock, log: clients.log });
  const thrown: string[] = [];
  let host: FunctionsHost | undefined;
  try {
    const first = await startHost(stack, { ...scene.settings, ...scene.firstSettings }, thrown);
    host = first;
    const right = await scene.prepare(stack);
    let killedAt: Effect | undefined;
    const watched = watchEffects(stack, (effect, number, side) => {
      if (killedAt !== undefined || number !== point?.number || side !== point.side) return false;
      killedAt = effect;
      process.kill(first.pid, 'SIGKILL');
      return true;
    });
    await scene.begin(stack, first, right);
    const effects = [...watched];
    if (killedAt !== undefined || scene.again !== undefined) {
      await (killedAt === undefined ? first.stop() : first.exited);
      // A message handed to the dead host after the jump would be locked for another minute.
      await clients.untilGone();
      clock.jump(MAX_LOCK_MS);
      host = await startHost(stack, { ...scene.settings }, thrown);
      await scene.again?.(host);
      await untilEnded(stack, right.outcomes.length);
    }
    const seconds = (performance.now() - startedMs) / 1_000;
    return { ...whatIsThere(stack), right, effects, killedAt, thrown, seconds };
  } finally {
    await host?.kill();
    await stack.close();
  }
}

function startHost(
  stack: EmbeddedStack,
  settings: Readonly<Record<string, string>>,
  thrown: string[],
): Promise<FunctionsHost> {
  const onEvent = (event: HostEvent): void => {
    if (event.type !== 'invocation-ended' || event.succeeded) return;
    thrown.push(`${event.functionName}: ${event.error ?? 'unknown'}`);
  };
  return spawnFunctionsHost({
    appDirectory: APP_DIRECTORY,
    environment: { ...stack.settings, ...QUICK, ...settings },
    onEvent,
  });
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
    waiting: waitingFor(stack),
    changes: writes.map(({ kind, id }) => `${kind} ${id}`),
    earlyDeletes: done === -1 ? deletes.length : done,
  };
}
