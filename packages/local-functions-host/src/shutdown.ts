import type { AppRegistry } from './app-registry.ts';
import type { LogLevel } from './core-contract.ts';
import { toError } from './invocation.ts';
import type { Listener } from './listener.ts';
import type { Log } from './log.ts';

/** How long invocations may go on once the host is told to stop. */
const DRAIN_MS = 10_000;
/** How long the app's hooks, and then the connections, get to finish after that. */
const CLOSE_MS = 3_000;

export interface ShutdownParts {
  listeners: readonly Listener[];
  clients: { close(): Promise<void> };
  registry: AppRegistry;
  log: Log;
}

/**
 * Ends a host: nothing new is started, running invocations finish and settle their messages, the app's hooks run,
 * connections close. What still runs at the end of its time leaves its message unsettled, to be delivered again.
 */
export async function shutDown({
  listeners,
  clients,
  registry,
  log,
}: ShutdownParts): Promise<void> {
  const report = (level: LogLevel, message: string) =>
    log({ level, category: 'Host.Shutdown', message });
  report('information', 'Stopping: no new invocations, waiting for those that run.');
  const drained = await within(DRAIN_MS, drain(listeners));
  if (!drained) {
    report(
      'warning',
      `Some invocations still run after ${DRAIN_MS / 1_000} s; their messages will be delivered again when their locks end.`,
    );
  }
  await within(
    CLOSE_MS,
    registry
      .runHooks('appTerminate', {
        hookData: registry.appLevelOnlyHookData,
        appHookData: registry.appHookData,
      })
      .catch((error: unknown) =>
        report('error', `An appTerminate hook failed: ${toError(error).message}`),
      ),
  );
  await within(CLOSE_MS, closeAll(listeners, clients));
  report('information', 'Stopped.');
}

async function drain(listeners: readonly Listener[]): Promise<void> {
  await Promise.allSettled(listeners.map((listener) => listener.stop()));
  await Promise.allSettled(listeners.map((listener) => listener.finished()));
}

async function closeAll(
  listeners: readonly Listener[],
  clients: ShutdownParts['clients'],
): Promise<void> {
  await Promise.allSettled(listeners.map((listener) => listener.close()));
  await clients.close();
}

/** Waits for a promise, but no longer than `limitMs`; tells whether it was settled by then. */
async function within(limitMs: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  try {
    return await Promise.race([promise.then(() => true), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
