import { expect, it } from 'vitest';
import { killEverywhere, summary } from './kill-points.ts';
import { scenes } from './scenes/scenes.ts';

const MAX_MS = 1_800_000;

/** What each scene does to the world outside. */
const kinds = {
  teardown: ['write', 'send', 'settle'],
  'reviewed-teardown': ['write', 'send', 'settle'],
  'nightly-sweep': ['send'],
  'dead-letters': ['take', 'send', 'settle'],
};

it('every scene has a test here', () => {
  expect(Object.keys(kinds)).toEqual(Object.keys(scenes));
});

it.each(Object.entries(scenes))(
  'a host killed before or after any effect loses nothing and does nothing twice: %s',
  { timeout: MAX_MS },
  async (name, makeScene) => {
    const killed = await killEverywhere(makeScene);
    console.log(`${name}: ${summary(killed)}`);
    const seen = new Set(killed.map(({ effect, side }) => `${side} ${effect.kind}`));
    const expected = kinds[name as keyof typeof kinds];
    expect(seen).toEqual(new Set(expected.flatMap((kind) => [`before ${kind}`, `after ${kind}`])));
    const wrong = killed.flatMap(({ side, effect, wrongs }) =>
      wrongs.map((problem) => `${side} ${effect.name}: ${problem}`),
    );
    expect(wrong).toEqual([]);
  },
);
