import type { Look } from './check.ts';

/** Every request of a sweep carries who asked for it. */
export const REQUESTED_BY = 'nightlySweep';

/** Whether a sweep asked for this. Names prove nothing; whoever takes these is only asked for more. */
export function isOfASweep({ teardownId, request }: Look): boolean {
  return teardownId.startsWith('sweep-') && request.requestedBy === REQUESTED_BY;
}
