import { faultKinds } from './faults.ts';
import type { Failure, Tally } from './tally.ts';

/** The time that a run took. */
export interface Spent {
  readonly seconds: number;
  /** Of all threads together. */
  readonly cpuSeconds: number;
}

/** Starts to measure; the result returns the time spent since. */
export function stopwatch(): () => Spent {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return {
      seconds: (performance.now() - startedMs) / 1_000,
      cpuSeconds: (user + system) / 1_000_000,
    };
  };
}

/** The figures of many seeds, with the share of seeds that had each kind of fault. */
export function summary(tally: Tally, { seconds, cpuSeconds }: Spent): string {
  const lines = faultKinds.map((kind) => {
    const share = ((100 * tally.met[kind]) / tally.seeds).toFixed(1);
    return `${kind.padEnd(36)} ${share.padStart(5)} %`;
  });
  const simulated = tally.simulatedMs / 1_000 / seconds;
  return [
    'Seeds that met each kind of fault:',
    ...lines,
    `${tally.seeds} seeds, ${tally.steps} steps in ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} CPU seconds); ${Math.round(simulated)} simulated seconds in a real one.`,
    `${tally.failures.length} violations.`,
  ].join('\n');
}

/** One line that says what broke, with the command that replays it. */
export function describeFailure({ seed, violation: { invariant, message } }: Failure): string {
  return `Broken: ${invariant}. ${message} Replay: npm run simulate -- --seed ${seed}`;
}
