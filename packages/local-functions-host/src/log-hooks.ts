import type { AppRegistry } from './app-registry.ts';
import type { LogCategory, LogLevel } from './core-contract.ts';

interface HookScope {
  hookData: Record<string, unknown>;
  appHookData: Record<string, unknown>;
  invocationContext?: unknown;
}

/**
 * Lets the app's `log` hooks see a log entry. They can change the level and message of what the app itself logs;
 * system entries stay as they are, and an error in a hook is ignored so that no hook can silence the host.
 */
export function applyLogHooks(
  registry: AppRegistry,
  entry: { level: LogLevel; category: LogCategory; message: string },
  scope: HookScope,
): { level: LogLevel; message: string } {
  const context = { ...scope, ...entry };
  try {
    for (const callback of registry.hooks('log')) callback(context);
  } catch {
    return entry;
  }
  return entry.category === 'user' ? { level: context.level, message: context.message } : entry;
}
