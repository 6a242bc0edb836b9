/**
 * The results of all, once every one of them has ended; or else the first failure in their order. Unlike
 * `Promise.all` it leaves nothing under way behind it: no request outlives the look that it belongs to.
 */
export async function allAnswered<const Work extends readonly Promise<unknown>[]>(
  work: Work,
): Promise<{ -readonly [Index in keyof Work]: Awaited<Work[Index]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
