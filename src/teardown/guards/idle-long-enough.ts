import { parseDurationMs } from '../duration.ts';
import type { Guard } from './guard.ts';

/** Guard 6: no order is newer than `minIdle`. An order without a date counts as new. */
export const idleLongEnough: Guard = async ({ request }, facts) => {
  if (request.minIdle === undefined) return undefined;
  const minIdleMs = parseDurationMs(request.minIdle) ?? Number.POSITIVE_INFINITY;
  const { orders } = await facts.inventory();
  const young = orders.find(
    ({ createdMs }) => createdMs === undefined || facts.nowMs - createdMs < minIdleMs,
  );
  return young === undefined
    ? undefined
    : {
        kind: 'skipped',
        reason: 'not-idle',
        explanation: `Order ${young.id} is ${young.createdMs === undefined ? 'without a creation date' : `from ${new Date(young.createdMs).toISOString()}`}, and the request asks for no order within ${request.minIdle}.`,
      };
};
