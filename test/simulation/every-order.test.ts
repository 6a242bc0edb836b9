import { describe, expect, it } from 'vitest';
import { explore } from '../../simulation/explore.ts';

const MAX_MS = 3_600_000;

/** Two customers, a crash and a duplicate at once take minutes: `npm run explore`. */
describe('in every order of events', { timeout: MAX_MS }, () => {
  it.each([
    { customers: 2, crashes: 1, duplicates: 0 },
    { customers: 1, crashes: 0, duplicates: 1 },
    { customers: 2, crashes: 0, duplicates: 1 },
  ])(
    'no invariant breaks: $customers customers, $crashes crashes, $duplicates duplicates',
    async (small) => {
      const { violation, states, ends } = await explore(small);
      expect(violation).toBeUndefined();
      expect(ends).toBeGreaterThan(1);
      expect(states).toBeGreaterThan(100);
    },
  );
});
