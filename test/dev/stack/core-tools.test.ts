import { expect, it } from 'vitest';
import { wantsEmbedded } from '../../../dev/start/core-tools.ts';

it('FUNCTIONS_HOST can name the embedded host, and nothing else', () => {
  expect(wantsEmbedded('embedded')).toBe(true);
  expect([wantsEmbedded(undefined), wantsEmbedded(' ')]).toEqual([false, false]);
  expect(() => wantsEmbedded('embeded')).toThrow(/^FUNCTIONS_HOST must be "embedded".*"embeded"/);
});
