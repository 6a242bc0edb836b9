import type { Clock } from '@sandbox-teardown/shared/clock';
import { UsageError } from '@sandbox-teardown/shared/command-line';
import { findEntryFiles, loadEntryFiles } from './app-directory.ts';
import { AppRegistry } from './app-registry.ts';
import { isDisabled, readLocalSettings } from './app-settings.ts';
import { logConsole } from './console.ts';
import type { LogCategory, LogLevel } from './core-contract.ts';
import { installCoreModule } from './core-module.ts';
import type { FunctionSummary } from './events.ts';
import type { HostSettings } from './host-json.ts';
import { readHostSettings } from './host-settings.ts';
import { toError } from './invocation.ts';
import { createInvoker, type Invoke } from './invoker.ts';
import { createLog, type Log, type LogSinks } from './log.ts';
import { applyLogHooks } from './log-hooks.ts';
import { ServiceBusClients } from './service-bus-clients.ts';
import { ServiceBusListener } from './service-bus-listener.ts';
import { shutDown } from './shutdown.ts';
import { TimerListener } from './timer-listener.ts';
import type { TimerSettings } from './timer-settings.ts';
import { defineFunction, type FunctionDefinition } from './trigger-definition.ts';

export interface HostOptions {
  /** Absolute path of the function app. */
  appDirectory: string;
  /** The process's environment, which the app reads: values of local.settings.json are added to it. */
  environment: NodeJS.ProcessEnv;
  clock: Clock;
  sinks: LogSinks;
}

export interface Host {
  readonly functions: FunctionSummary[];
  /** How long loading the app's entry files took. */
  readonly loadMs: number;
  /**
   * Runs a function by hand; one that messages start gets `input` for a body.
   * @throws UsageError with a message if there is no such function, or with the function's own
   */
  invoke(functionName: string, input?: string): Promise<void>;
  /** Stops listening, lets running invocations finish, ends the app. */
  stop(): Promise<void>;
}

interface RunningFunction {
  definition: FunctionDefinition;
  listener: TimerListener | ServiceBusListener;
}

/**
 * Loads a function app and runs it the way the Functions host would, in this process. One host per process: the app's
 * code and `@azure/functions-core` are global to it.
 * @throws UsageError with a message for whatever keeps the app from running.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { appDirectory, environment, clock, sinks } = options;
  for (const [name, value] of Object.entries(readLocalSettings(appDirectory))) {
    environment[name] ??= value;
  }
  const { host: settings, timers } = readHostSettings(appDirectory, environment);

  const log = createLog(settings.logLevels, sinks);
  logConsole(console, log);
  const registry = new AppRegistry();
  installCoreModule(registry, workerLog(registry, log));
  const loadMs = await loadApp(appDirectory, clock);
  const definitions = defineFunctions(registry, environment, log);
  const model = registry.programmingModel;
  if (model === undefined) {
    throw new UsageError(
      'The app registered functions without a programming model. Use @azure/functions version 4.',
    );
  }
  await model.getCapabilities?.({});
  await registry.runHooks('appStart', {
    hookData: registry.appLevelOnlyHookData,
    appHookData: registry.appHookData,
    functionAppDirectory: appDirectory,
  });
  registry.lock();

  const invoke = createInvoker({
    registry,
    model,
    functionTimeoutMs: settings.functionTimeoutMs,
    clock,
    log,
    emit: sinks.emit,
  });
  const clients = new ServiceBusClients(settings.serviceBus.retry);
  const running = definitions.map((definition) => ({
    definition,
    listener: createListener(definition, { settings, clients, timers, clock, invoke, log }),
  }));
  for (const { listener } of running) listener.start();
  const functions = definitions.map(({ name, trigger }) => ({ name, trigger: trigger.type }));
  return {
    functions,
    loadMs,
    invoke: (functionName, input) => invokeByName(running, functionName, input),
    stop: () =>
      shutDown({ listeners: running.map(({ listener }) => listener), clients, registry, log }),
  };
}

async function loadApp(appDirectory: string, clock: Clock): Promise<number> {
  const files = findEntryFiles(appDirectory);
  // As in the real worker, so that an app finds its own files the same way under both.
  process.chdir(appDirectory);
  const startedMs = clock.nowMs();
  try {
    await loadEntryFiles(files);
  } catch (thrown) {
    const error = toError(thrown);
    throw new Error(`The app could not be loaded: ${error.message}`, { cause: error });
  }
  return clock.nowMs() - startedMs;
}

function defineFunctions(
  registry: AppRegistry,
  environment: NodeJS.ProcessEnv,
  log: Log,
): FunctionDefinition[] {
  const definitions: FunctionDefinition[] = [];
  for (const registered of registry.functions) {
    const { name } = registered.metadata;
    if (isDisabled(name, environment)) {
      const message = `Function '${name}' is disabled by its app setting.`;
      log({ level: 'information', category: 'Host.Startup', functionName: name, message });
    } else {
      definitions.push(defineFunction(registered, environment));
    }
  }
  if (registry.functions.length === 0) {
    throw new UsageError(
      'The app registered no function. Check that the "main" of its package.json names the file that calls app.serviceBusQueue or app.timer.',
    );
  }
  return definitions;
}

function createListener(
  definition: FunctionDefinition,
  parts: {
    settings: HostSettings;
    clients: ServiceBusClients;
    timers: TimerSettings;
    clock: Clock;
    invoke: Invoke;
    log: Log;
  },
): RunningFunction['listener'] {
  const { settings, clients, timers, ...shared } = parts;
  const { trigger } = definition;
  if (trigger.type === 'timerTrigger') {
    return new TimerListener({ ...shared, timers, definition: { ...definition, trigger } });
  }
  return new ServiceBusListener({
    ...shared,
    definition: { ...definition, trigger },
    client: clients.get(trigger.connectionString),
    settings: settings.serviceBus,
  });
}

async function invokeByName(
  running: RunningFunction[],
  functionName: string,
  input = '',
): Promise<void> {
  const found = running.find(({ definition }) => definition.name === functionName);
  if (found === undefined) {
    const names = running.map(({ definition }) => definition.name).join(', ');
    throw new UsageError(`There is no function "${functionName}"; this app runs: ${names}.`);
  }
  const error = await found.listener.runNow(input);
  if (error !== undefined) throw error;
}

function workerLog(registry: AppRegistry, log: Log) {
  return (level: LogLevel, category: LogCategory, message: string) => {
    const { appLevelOnlyHookData: hookData, appHookData } = registry;
    const shown = applyLogHooks(registry, { level, category, message }, { hookData, appHookData });
    log({ level: shown.level, category: 'Worker', message: shown.message });
  };
}
