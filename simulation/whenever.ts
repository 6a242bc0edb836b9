import type { World } from './world.ts';

const OUTSIDE = -1;

/** Something that happens outside of every instance, once, at any time from now on. */
export function whenever(
  { world }: { readonly world: World },
  name: string,
  act: () => void,
): void {
  void world.effects.pass({ instance: OUTSIDE, name }, act);
}
