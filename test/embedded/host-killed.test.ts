import { expect, it } from 'vitest';
import { killEverywhere, summary } from './kill-points.ts';

const LONGEST_MS = 240_000;

it.each([
  ['', false],
  [', and takes nothing of its own for a change of the reviewed plan', true],
] as const)(
  'a host killed before or after any effect loses nothing and does nothing twice%s',
  {
    timeout: LONGEST_MS,
  },
  async (_name, reviewed) => {
    const killed = await killEverywhere(reviewed);
    console.log(summary(killed));
    const kinds = new Set(killed.map(({ effect, side }) => `${side} ${effect.kind}`));
    expect(kinds).toEqual(
      new Set(['write', 'send', 'settle'].flatMap((kind) => [`before ${kind}`, `after ${kind}`])),
    );
    const wrong = killed.flatMap(({ side, effect, wrongs }) =>
      wrongs.map((sentence) => `${side} ${effect.name}: ${sentence}`),
    );
    expect(wrong).toEqual([]);
  },
);
