import type { Check } from './check.ts';
import { SWEEP_REQUESTED_BY } from './request.ts';

/** Whether a sweep asked for this. Names prove nothing; whoever takes these is only asked for more. */
export function isOfASweep({ teardownId, request }: Check): boolean {
  return teardownId.startsWith('sweep-') && request.requestedBy === SWEEP_REQUESTED_BY;
}
