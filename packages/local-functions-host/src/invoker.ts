import { randomUUID } from 'node:crypto';
import type { Clock } from '@sandbox-teardown/shared/clock';
import type { AppRegistry } from './app-registry.ts';
import type { LogCategory, ProgrammingModel, RpcTypedData } from './core-contract.ts';
import type { HostEvent } from './events.ts';
import { runInvocation, toError } from './invocation.ts';
import type { Log } from './log.ts';
import { createTraceContext } from './trace-context.ts';
import type { FunctionDefinition } from './trigger-definition.ts';

/** What a trigger hands over to have its function called once. */
export interface InvocationCall {
  definition: FunctionDefinition;
  input: RpcTypedData;
  /** Why there is no input: the function is not called, and the invocation fails. */
  bindingError?: Error;
  triggerMetadata?: Record<string, RpcTypedData>;
  /** Why the function is called, as the log shows it. */
  reason: string;
  /** A second log line about the trigger. */
  details?: string;
  messageId?: string | undefined;
  correlationId?: string | undefined;
  /** The message's application properties, for its sender's trace. */
  properties?: Record<string, unknown>;
}

/** Calls a function; resolves with `undefined` when it succeeded and with its error when it did not. Never rejects. */
export type Invoke = (call: InvocationCall) => Promise<Error | undefined>;

export interface InvokerOptions {
  registry: AppRegistry;
  model: ProgrammingModel;
  /** How long an invocation may take; `Infinity` for no limit. */
  functionTimeoutMs: number;
  clock: Clock;
  log: Log;
  emit(event: HostEvent): void;
}

/** Makes the function that runs invocations, with their time limit, log lines and events. */
export function createInvoker(options: InvokerOptions): Invoke {
  return async (call) => {
    const { clock, emit } = options;
    const id = randomUUID();
    const { name } = call.definition;
    const subject = {
      id,
      functionName: name,
      ...(call.messageId === undefined ? {} : { messageId: call.messageId }),
      ...(call.correlationId === undefined ? {} : { correlationId: call.correlationId }),
    };
    const startedMs = clock.nowMs();
    const report = reporter(options.log, name, id);
    report(`Executing 'Functions.${name}' (Reason='${call.reason}', Id=${id})`);
    if (call.details !== undefined) report(call.details);
    emit({ type: 'invocation-started', ...subject, atMs: startedMs });

    const error = await settle(withTimeout(options, name, run(options, call, id)));

    const durationMs = clock.nowMs() - startedMs;
    const result = `Id=${id}, Duration=${Math.round(durationMs)}ms`;
    if (error === undefined) {
      report(`Executed 'Functions.${name}' (Succeeded, ${result})`);
    } else {
      report(`Executed 'Functions.${name}' (Failed, ${result})\n${describe(error)}`, 'error');
    }
    const failure = error === undefined ? {} : { error: error.message };
    emit({
      type: 'invocation-ended',
      ...subject,
      durationMs,
      succeeded: error === undefined,
      ...failure,
    });
    return error;
  };
}

async function run(options: InvokerOptions, call: InvocationCall, id: string): Promise<void> {
  const { definition, bindingError } = call;
  if (bindingError !== undefined) throw bindingError;
  const { name } = definition;
  return runInvocation(options.registry, options.model, {
    registered: definition.registered,
    request: {
      invocationId: id,
      functionId: definition.registered.metadata.functionId ?? name,
      inputData: [{ name: definition.bindingName, data: call.input }],
      triggerMetadata: call.triggerMetadata ?? {},
      traceContext: createTraceContext(call.properties),
    },
    log: (level, category, message) =>
      options.log({
        level,
        category: logCategory(name, category),
        functionName: name,
        invocationId: id,
        message,
      }),
  });
}

/**
 * Fails an invocation that takes too long. Its code cannot be stopped from outside and runs on in the background
 * (the real host restarts the whole worker here, ending every other invocation with it).
 */
function withTimeout(
  { clock, functionTimeoutMs }: InvokerOptions,
  name: string,
  running: Promise<void>,
): Promise<void> {
  if (functionTimeoutMs === Number.POSITIVE_INFINITY) return running;
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(clock.nowMs() + functionTimeoutMs, () =>
      reject(
        new Error(
          `Timeout value of ${functionTimeoutMs / 1_000} s was exceeded by function: Functions.${name}. Raise "functionTimeout" in host.json, or make the function faster.`,
        ),
      ),
    );
    running.finally(cancel).then(resolve, reject);
  });
}

async function settle(running: Promise<void>): Promise<Error | undefined> {
  try {
    await running;
    return undefined;
  } catch (thrown) {
    return toError(thrown);
  }
}

function reporter(log: Log, functionName: string, invocationId: string) {
  return (message: string, level: 'information' | 'error' = 'information') =>
    log({ level, category: `Function.${functionName}`, functionName, invocationId, message });
}

function logCategory(functionName: string, category: LogCategory): string {
  return category === 'user' ? `Function.${functionName}.User` : `Function.${functionName}`;
}

function describe(error: Error): string {
  return error.stack?.includes(error.message) === true ? error.stack : String(error);
}
