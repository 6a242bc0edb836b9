// The rules of the sandbox alone: a state machine without sockets and timers, on the caller's clock.

export { Accounts } from './core/accounts.ts';
export type { SandboxAnswer } from './core/answer.ts';
export type { Fault } from './core/faults.ts';
export { generateCustomers } from './core/generate.ts';
export type { RequestRecord } from './core/records.ts';
export { findRoute } from './core/routes.ts';
export {
  CUSTOMER_QUOTA,
  Sandbox,
  type SandboxCoreOptions,
  type SandboxRequest,
} from './core/sandbox.ts';
export {
  defaultSettings,
  type SandboxSettings,
  type SettingsChange,
  withSettings,
} from './core/settings.ts';
export type { CustomerSpec, PurchaseSpec } from './core/spec.ts';
export type { SandboxState } from './core/state.ts';
