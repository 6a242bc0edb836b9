import type { Spread } from './statistics.ts';

/** A number with as many digits as it is known by. */
export function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

/** A median with the range of the runs, whose unit is said once. */
export function ranged(
  { median, min, max }: Spread,
  say: (value: number) => string = number,
): string {
  const [middle, lowest, highest] = [say(median), say(min), say(max)];
  if (lowest === highest) return middle;
  return `${middle} (${withoutUnit(lowest)} to ${withoutUnit(highest)})`;
}

const withoutUnit = (said: string): string => said.replace(/ \D+$/, '');

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
export const seconds = (ms: number): string => `${number(ms / 1000)} s`;
export const times = (ratio: number): string => `${number(ratio)} ×`;

/** A wait in the largest unit that it is a whole number of. */
export function waitName(ms: number): string {
  const units = [
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1_000, 's'],
  ] as const;
  const [unitMs, unit] = units.find(([each]) => ms >= each && ms % each === 0) ?? [1_000, 's'];
  return `${ms / unitMs} ${unit}`;
}
