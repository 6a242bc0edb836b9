import type { Effect } from './effects.ts';
import { type Aftermath, effectsOfTeardown, type KillPoint, killHost } from './killed-host.ts';

export interface Killed {
  readonly point: KillPoint;
  readonly effect: Effect;
  readonly aftermath: Aftermath;
}

/** Hosts side by side: each mostly waits for a lock to end. */
const AT_ONCE = 4;

/** Both sides of every effect of a teardown, in order. */
export async function killPoints(): Promise<readonly { point: KillPoint; effect: Effect }[]> {
  const effects = await effectsOfTeardown();
  const sides = ['before', 'after'] as const;
  return effects.flatMap((effect, number) =>
    sides.map((side) => ({ point: { effect: number, side }, effect })),
  );
}

/** Kills a host at each of these points, one teardown for each. */
export async function killAt(
  points: readonly { point: KillPoint; effect: Effect }[],
  onKilled: (killed: Killed) => void = () => undefined,
): Promise<readonly Killed[]> {
  const open = [...points];
  const killed: Killed[] = [];
  const work = async (): Promise<void> => {
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      const one = { ...next, aftermath: await killHost(next.point) };
      killed.push(one);
      onKilled(one);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return killed;
}

/** What went wrong, as sentences; none if all ended as it should. */
export function wrongs({ aftermath }: Killed): string[] {
  const { outcomes, customersLeft, messagesLeft, repeated, killedAt } = aftermath;
  return [
    ...(killedAt === undefined ? ['The host was not killed: the teardown never came so far.'] : []),
    ...(outcomes.length === 0 ? ['Lost: there is no outcome.'] : []),
    ...(outcomes.length > 1 ? [`There are ${outcomes.length} outcomes.`] : []),
    ...(outcomes.some((outcome) => outcome !== 'deleted')
      ? [`It ended ${outcomes.join(', ')}.`]
      : []),
    ...(customersLeft > 0 ? ['The customer is still there.'] : []),
    ...(messagesLeft > 0 ? [`${messagesLeft} messages are left.`] : []),
    ...(repeated.length > 0 ? [`Changed twice: ${repeated.join(', ')}.`] : []),
  ];
}
