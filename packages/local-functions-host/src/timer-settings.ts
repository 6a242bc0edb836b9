import { UsageError } from '@sandbox-teardown/shared/command-line';
import type { AppSettings } from './app-settings.ts';
import { type ScheduleStatuses, statusesInFile, statusesInMemory } from './schedule-status.ts';

const STATUS_FILE = 'EMBEDDED_HOST_TIMER_STATUS_FILE';
const EARLY_MS = 'EMBEDDED_HOST_TIMERS_EARLY_MS';
const MAX_EARLY_MS = 1_000;

/** What a real host does to timers, for whoever wants to see it here. */
export interface TimerSettings {
  /** Where it is remembered when a timer is due. */
  readonly statuses: ScheduleStatuses;
  /** So much before its time each timer fires: the real host does, by up to some milliseconds. */
  readonly earlyMs: number;
}

/** @throws UsageError naming the setting that is wrong */
export function readTimerSettings(settings: AppSettings): TimerSettings {
  const path = settings[STATUS_FILE];
  const early = settings[EARLY_MS] ?? '0';
  if (!/^\d{1,4}$/.test(early) || Number(early) > MAX_EARLY_MS) {
    throw new UsageError(`${EARLY_MS} must be a whole number from 0 to ${MAX_EARLY_MS}.`);
  }
  return {
    statuses: path === undefined || path === '' ? statusesInMemory() : statusesInFile(path),
    earlyMs: Number(early),
  };
}
