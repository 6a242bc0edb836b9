import { expect, it } from 'vitest';
import { killAt, killPoints, wrongs } from './kill-points.ts';

/** Each time every so many points, from another one on; `npm run kill` takes all of them. */
const EVERY = 4;
const SEED = Number(process.env['KILL_SEED'] ?? Math.floor(Date.now() / 86_400_000));
const LONGEST_MS = 240_000;

it(`a host killed at an effect loses nothing and does nothing twice (KILL_SEED=${SEED})`, {
  timeout: LONGEST_MS,
}, async () => {
  const all = await killPoints();
  const kinds = new Set(all.map(({ effect }) => effect.kind));
  expect(kinds).toEqual(new Set(['write', 'send', 'settle']));
  const chosen = all.filter((_, index) => index % EVERY === SEED % EVERY);
  const killed = await killAt(chosen);
  const wrong = killed.flatMap((one) =>
    wrongs(one).map((sentence) => `${one.point.side} ${one.effect.name}: ${sentence}`),
  );
  expect(wrong).toEqual([]);
  expect(killed).toHaveLength(chosen.length);
});
