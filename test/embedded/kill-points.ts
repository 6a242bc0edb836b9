import type { Effect, Side } from './effects.ts';
import { missing, tooMuch, wrongEnd, wrongs } from './kill-verdict.ts';
import { type Aftermath, play } from './killed-host.ts';
import type { Scene } from './scene.ts';

export interface Killed {
  readonly number: number;
  readonly side: Side;
  readonly effect: Effect;
  readonly aftermath: Aftermath;
  /** Sentences; none if all ended as it should. */
  readonly wrongs: readonly string[];
}

/** Hosts side by side: each waits now and then. */
const AT_ONCE = 4;

/**
 * Plays a scene undisturbed, then once for each side of each of its effects, with the host killed there.
 *
 * @throws Error if it ends wrong without being disturbed: then there is nothing to compare with
 */
export async function killEverywhere(
  makeScene: () => Scene,
  onKilled: (killed: Killed) => void = () => undefined,
): Promise<readonly Killed[]> {
  const undisturbed = await play(makeScene);
  const wrong = wrongEnd(undisturbed);
  if (wrong.length > 0) {
    throw new Error(`It ends wrong though no host was killed: ${wrong.join(' ')}`);
  }
  const open = undisturbed.effects.flatMap((effect, number) =>
    (['before', 'after'] as const).map((side) => ({ number, side, effect })),
  );
  const killed: Killed[] = [];
  const work = async (): Promise<void> => {
    for (let point = open.shift(); point !== undefined; point = open.shift()) {
      const aftermath = await play(makeScene, point);
      const one = { ...point, aftermath, wrongs: wrongs(aftermath, point.effect, undisturbed) };
      killed.push(one);
      onKilled(one);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return killed;
}

/** The figures, in one line. */
export function summary(killed: readonly Killed[]): string {
  const count = (is: (one: Killed) => boolean): number => killed.filter(is).length;
  const lost = count(({ aftermath }) => missing(aftermath).length > 0);
  const wrong = count((one) => one.wrongs.length > 0);
  const second = count(({ aftermath }) => tooMuch(aftermath).length > 0);
  return `${killed.length} points: ${lost} lost, ${wrong} wrong, ${second} second outcomes.`;
}
