import { UsageError } from '@sandbox-teardown/shared/command-line';
import { readAppFile } from './app-directory.ts';
import type { AppSettings } from './app-settings.ts';
import { type HostSettings, parseHostJson } from './host-json.ts';
import { readTimerSettings, type TimerSettings } from './timer-settings.ts';

/**
 * What an app's host.json, and the settings, say to the host itself.
 * @throws UsageError naming what is wrong, if anything is
 */
export function readHostSettings(
  appDirectory: string,
  settings: AppSettings,
): { readonly host: HostSettings; readonly timers: TimerSettings } {
  const hostJson = readAppFile(appDirectory, 'host.json');
  if (hostJson === undefined) {
    throw new UsageError(`${appDirectory} has no host.json: it is not a function app's directory.`);
  }
  return { host: parseHostJson(hostJson, settings), timers: readTimerSettings(settings) };
}
