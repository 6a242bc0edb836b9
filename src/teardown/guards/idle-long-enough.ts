import { parseDurationMs } from '../../shared/duration.ts';
import { skipped } from '../model/outcome.ts';
import type { Guard } from './guard.ts';
import { boughtOf } from './newest-purchase.ts';

/**
 * Guard 6: nothing was bought within `minIdle`. A customer without purchases is idle, however new it is, because no
 * list says when a customer was created.
 */
export const idleLongEnough: Guard = async ({ request }, facts) => {
  if (request.minIdle === undefined) return undefined;
  const minIdleMs = parseDurationMs(request.minIdle) ?? Number.POSITIVE_INFINITY;
  const young = boughtOf(await facts.inventory()).find(
    ({ atMs }) => atMs === undefined || facts.nowMs - atMs < minIdleMs,
  );
  if (young === undefined) return undefined;
  const when =
    young.atMs === undefined
      ? 'at an unknown time, so it counts as new'
      : `on ${new Date(young.atMs).toISOString()}`;
  return skipped(
    'not-idle',
    `Bought ${when}: ${young.name}. The request asks for nothing bought within ${request.minIdle}.`,
  );
};
