import type { World } from './world.ts';

const OUTSIDE = -1;

/** Schedules an event outside every instance: once, at any time from now on. */
export function atAnyTime(
  { world }: { readonly world: World },
  name: string,
  act: () => void,
): void {
  void world.effects.pass({ instance: OUTSIDE, name }, act);
}
