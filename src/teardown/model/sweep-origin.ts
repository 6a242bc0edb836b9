import type { Check } from './check.ts';
import { SWEEP_REQUESTED_BY } from './request.ts';

/** Whether a sweep requested this teardown. The names could be forged, but that only adds guards. */
export function isOfASweep({ teardownId, request }: Check): boolean {
  return teardownId.startsWith('sweep-') && request.requestedBy === SWEEP_REQUESTED_BY;
}
