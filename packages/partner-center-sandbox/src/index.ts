export { type Clock, ManualClock, systemClock } from '@sandbox-teardown/shared/clock';
export { JournalError } from '@sandbox-teardown/shared/journal';
export { type SandboxOptions, type SandboxServer, startSandbox } from './sandbox-server.ts';
export type { AccountOptions, ServedAccount } from './served-accounts.ts';
