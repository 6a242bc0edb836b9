import type { AppRegistry, RegisteredFunction } from './app-registry.ts';
import type {
  CoreInvocationContext,
  FunctionCallback,
  LogCategory,
  LogLevel,
  ProgrammingModel,
  RpcInvocationRequest,
} from './core-contract.ts';
import { applyLogHooks } from './log-hooks.ts';

/** One call of a function, ready to run. */
export interface Invocation {
  registered: RegisteredFunction;
  request: RpcInvocationRequest;
  log(level: LogLevel, category: LogCategory, message: string): void;
}

/**
 * Runs one invocation in the worker's order: arguments, preInvocation hooks, the function, postInvocation hooks, response.
 * Hooks share `hookData`; a preInvocation hook may change inputs and function, a postInvocation hook result and error.
 * @throws the function's error as the hooks left it, or that of a hook.
 */
export async function runInvocation(
  registry: AppRegistry,
  model: ProgrammingModel,
  { registered, request, log }: Invocation,
): Promise<void> {
  const shared: HookScope = { hookData: {}, appHookData: registry.appHookData };
  const coreContext: CoreInvocationContext = {
    invocationId: request.invocationId,
    request,
    metadata: registered.metadata,
    log: (level, category, message) => {
      const shown = applyLogHooks(registry, { level, category, message }, shared);
      log(shown.level, category, shown.message);
    },
  };
  const invocationModel = model.getInvocationModel(coreContext);
  const { context, inputs } = await invocationModel.getArguments();
  shared.invocationContext = context;
  const before = { ...shared, inputs, functionCallback: registered.callback };
  await inState(coreContext, 'preInvocationHooks', () =>
    registry.runHooks('preInvocation', before),
  );

  const after: AfterInvocation = { ...shared, inputs: before.inputs, result: null, error: null };
  await inState(coreContext, 'invocation', async () => {
    const callback: FunctionCallback = before.functionCallback;
    try {
      after.result = await invocationModel.invokeFunction(context, before.inputs, callback);
    } catch (error) {
      // Whatever is thrown is an error, even nothing: null stands for "none" towards the hooks.
      after.error = error ?? new Error('The function threw without an error.');
    }
  });
  await inState(coreContext, 'postInvocationHooks', () =>
    registry.runHooks('postInvocation', after),
  );

  if (after.error !== null && after.error !== undefined) throw toError(after.error);
  await invocationModel.getResponse(context, after.result);
}

interface HookScope {
  hookData: Record<string, unknown>;
  appHookData: Record<string, unknown>;
  invocationContext?: unknown;
}

interface AfterInvocation extends HookScope {
  inputs: unknown[];
  result: unknown;
  error: unknown;
}

async function inState(
  context: CoreInvocationContext,
  state: CoreInvocationContext['state'],
  run: () => Promise<void>,
): Promise<void> {
  context.state = state;
  try {
    await run();
  } finally {
    context.state = undefined;
  }
}

/** Makes an error of anything that was thrown. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  return new Error(
    typeof thrown === 'string' ? thrown : (JSON.stringify(thrown) ?? String(thrown)),
  );
}
