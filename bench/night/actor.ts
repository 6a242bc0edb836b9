import { settled } from '../../simulation/settled.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Something that acts by itself on the virtual clock. */
export interface Actor {
  /** When it next has something to do; `Infinity` for never. */
  readonly nextMs: number;
  /** Does what is due by now. */
  act(): void;
}

/** Lets time pass until it is over: each time to the next moment at which anyone has something to do. */
export async function playUntil(
  isOver: () => boolean,
  clock: VirtualClock,
  actors: readonly Actor[] = [],
): Promise<void> {
  for (;;) {
    await settled();
    for (const actor of actors) actor.act();
    await settled();
    if (isOver()) return;
    const nextMs = Math.min(clock.nextMs, ...actors.map((actor) => actor.nextMs));
    if (nextMs === Infinity) throw new Error('The play has come to a standstill.');
    clock.advanceTo(nextMs);
  }
}

/** Plays out one piece of work, which waits only on the clock. */
export async function playOut<T>(work: Promise<T>, clock: VirtualClock): Promise<T> {
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  work.then(done, done);
  await playUntil(() => isDone, clock);
  return work;
}
