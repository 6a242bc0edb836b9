import { UsageError } from '@sandbox-teardown/shared/command-line';
import { errorMessage } from '@sandbox-teardown/shared/error-message';
import type { RegisteredFunction } from './app-registry.ts';
import { type AppSettings, resolveConnectionString, resolveSettings } from './app-settings.ts';
import type { RpcBindingInfo } from './core-contract.ts';
import { parseNcrontab, type Schedule } from './ncrontab.ts';

/** The setting a Service Bus binding without `connection` reads. */
const DEFAULT_CONNECTION = 'ServiceBus';

export interface ServiceBusTrigger {
  type: 'serviceBusTrigger';
  entity: { queueName: string } | { topicName: string; subscriptionName: string };
  connectionString: string;
  /** `undefined`: as host.json says. */
  autoCompleteMessages: boolean | undefined;
  /** What the function gets: text, bytes, or what an SDK binding makes of the message. */
  dataType: 'string' | 'binary' | 'sdk';
}

export interface TimerTrigger {
  type: 'timerTrigger';
  schedule: Schedule;
  runOnStartup: boolean;
  useMonitor: boolean;
}

/** A function this host can run: its trigger, checked and with all settings resolved. */
export interface FunctionDefinition<T = ServiceBusTrigger | TimerTrigger> {
  name: string;
  registered: RegisteredFunction;
  bindingName: string;
  trigger: T;
}

/**
 * Reads a registered function's bindings.
 * @throws UsageError naming function and binding, if this host cannot run it as the real one would: better no start than other behaviour.
 */
export function defineFunction(
  registered: RegisteredFunction,
  settings: AppSettings,
): FunctionDefinition {
  const { name, bindings, retryOptions } = registered.metadata;
  const refuse = (bindingName: string, reason: string): never => {
    throw new UsageError(`Function "${name}", binding "${bindingName}": ${reason}`);
  };
  const isTrigger = (binding: RpcBindingInfo) => /trigger$/i.test(binding.type ?? '');
  const entries = Object.entries(bindings);
  const other = entries.find(([, binding]) => !isTrigger(binding));
  if (other !== undefined) {
    refuse(
      other[0],
      `${other[1].direction ?? 'in'}put bindings of type "${other[1].type}" are not supported by this host; use the service's SDK in the function.`,
    );
  }
  const trigger = entries.find(([, binding]) => isTrigger(binding));
  if (trigger === undefined) throw new UsageError(`Function "${name}" has no trigger binding.`);
  const [bindingName, binding] = trigger;
  if (retryOptions != null) {
    refuse(bindingName, 'retry policies are not supported by this host; remove "retry".');
  }
  try {
    return { name, registered, bindingName, trigger: readTrigger(binding, settings) };
  } catch (error) {
    return refuse(bindingName, errorMessage(error));
  }
}

function readTrigger(
  binding: RpcBindingInfo,
  settings: AppSettings,
): ServiceBusTrigger | TimerTrigger {
  switch (binding.type?.toLowerCase()) {
    case 'servicebustrigger':
      return readServiceBusTrigger(binding, settings);
    case 'timertrigger':
      return readTimerTrigger(binding, settings);
    default:
      throw new UsageError(
        `triggers of type "${binding.type}" are not supported by this host; it runs Service Bus and timer triggers.`,
      );
  }
}

function readServiceBusTrigger(binding: RpcBindingInfo, settings: AppSettings): ServiceBusTrigger {
  if (binding['isSessionsEnabled'] === true) {
    throw new UsageError(
      'sessions are not supported by this host; set "isSessionsEnabled" to false.',
    );
  }
  if (binding['cardinality'] === 'many') {
    throw new UsageError('batches are not supported by this host; set "cardinality" to "one".');
  }
  const connection = resolveSettings(
    textMember(binding, 'connection') ?? DEFAULT_CONNECTION,
    settings,
  );
  const autoComplete = binding['autoCompleteMessages'];
  return {
    type: 'serviceBusTrigger',
    entity: readEntity(binding, settings),
    connectionString: resolveConnectionString(connection, settings),
    autoCompleteMessages: typeof autoComplete === 'boolean' ? autoComplete : undefined,
    dataType: readDataType(binding),
  };
}

/** As the library registers `sdkBinding`; it goes before a data type. */
function readDataType(binding: RpcBindingInfo): ServiceBusTrigger['dataType'] {
  if (binding.properties?.['supportsDeferredBinding'] === 'true') return 'sdk';
  return binding['dataType'] === 'binary' ? 'binary' : 'string';
}

function readEntity(binding: RpcBindingInfo, settings: AppSettings): ServiceBusTrigger['entity'] {
  const resolved = (member: string) => {
    const text = textMember(binding, member);
    return text === undefined ? undefined : resolveSettings(text, settings);
  };
  const queueName = resolved('queueName');
  if (queueName !== undefined) return { queueName };
  const topicName = resolved('topicName');
  const subscriptionName = resolved('subscriptionName');
  if (topicName === undefined || subscriptionName === undefined) {
    throw new UsageError(
      'names neither a "queueName" nor a "topicName" with a "subscriptionName".',
    );
  }
  return { topicName, subscriptionName };
}

function readTimerTrigger(binding: RpcBindingInfo, settings: AppSettings): TimerTrigger {
  const schedule = textMember(binding, 'schedule');
  if (schedule === undefined) throw new UsageError('has no "schedule".');
  return {
    type: 'timerTrigger',
    schedule: parseNcrontab(resolveSettings(schedule, settings)),
    runOnStartup: binding['runOnStartup'] === true,
    useMonitor: binding['useMonitor'] !== false,
  };
}

function textMember(binding: RpcBindingInfo, member: string): string | undefined {
  const value = binding[member];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
