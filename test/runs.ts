/** How many runs a property has: all, or one in `FEWER_RUNS` where the same tests meet thousands of mutants. */
export function runs(count: number): number {
  return Math.ceil(count / Number(process.env['FEWER_RUNS'] ?? 1));
}
