import type { Scene } from '../scene.ts';
import { deadLetters } from './dead-letters.ts';
import { nightlySweep } from './nightly-sweep.ts';
import { teardown } from './teardown.ts';

/** All that the app's four functions do, by name. */
export const scenes: Readonly<Record<string, () => Scene>> = {
  teardown: () => teardown(false),
  'reviewed-teardown': () => teardown(true),
  'nightly-sweep': nightlySweep,
  'dead-letters': deadLetters,
};
