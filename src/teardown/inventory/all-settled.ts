import { PartnerCenterError } from '../model/partner-center-error.ts';

/**
 * The results of all, once every one has ended. Unlike `Promise.all` it leaves nothing running: no request outlives its
 * check.
 *
 * @throws one of the failures: a bug before any answer, then the error with the longest wait, then the first in order
 */
export async function allSettled<const Work extends readonly Promise<unknown>[]>(
  work: Work,
): Promise<{ -readonly [Index in keyof Work]: Awaited<Work[Index]> }> {
  const results = await Promise.allSettled(work);
  const failures = results.flatMap((result): unknown[] =>
    result.status === 'rejected' ? [result.reason] : [],
  );
  if (failures.length === 0) return Promise.all(work);
  throw failures.reduce((first, other) => (waitMs(other) > waitMs(first) ? other : first));
}

function waitMs(error: unknown): number {
  return error instanceof PartnerCenterError
    ? (error.response.retryAfterMs ?? 0)
    : Number.POSITIVE_INFINITY;
}
