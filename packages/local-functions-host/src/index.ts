export { UsageError } from '@sandbox-teardown/shared/command-line';
export { type AppSettings, readLocalSettings } from './app-settings.ts';
export type { FunctionSummary, HostEvent } from './events.ts';
export { readHostSettings } from './host-settings.ts';
export {
  type FunctionsHost,
  type HostExit,
  type SpawnOptions,
  spawnFunctionsHost,
} from './spawn-functions-host.ts';
