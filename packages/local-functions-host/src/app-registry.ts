import {
  type Disposable,
  type FunctionCallback,
  type FunctionMetadata,
  HOOK_NAMES,
  type HookCallback,
  type HookName,
  type ProgrammingModel,
} from './core-contract.ts';

/** A function as the app registered it. */
export interface RegisteredFunction {
  metadata: FunctionMetadata;
  callback: FunctionCallback;
}

/** What an app tells the host while it loads: its functions, hooks and programming model. */
export class AppRegistry {
  readonly functions: RegisteredFunction[] = [];
  programmingModel: ProgrammingModel | undefined;
  /** Data shared between hooks of all scopes, and between the app-level hooks only. */
  readonly appHookData: Record<string, unknown> = {};
  readonly appLevelOnlyHookData: Record<string, unknown> = {};
  readonly #hooks: Record<HookName, HookCallback[]> = {
    preInvocation: [],
    postInvocation: [],
    appStart: [],
    appTerminate: [],
    log: [],
  };
  #isStarted = false;

  registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
    if (this.#isStarted) {
      throw new Error(
        `Function "${metadata.name}" was registered after the app had started. Register functions while the entry file loads.`,
      );
    }
    if (this.functions.some((other) => other.metadata.name === metadata.name)) {
      throw new Error(
        `A function named "${metadata.name}" is already registered. Give each function its own name.`,
      );
    }
    const entry = { metadata, callback };
    this.functions.push(entry);
    return { dispose: () => remove(this.functions, entry) };
  }

  registerHook(name: string, callback: HookCallback): Disposable {
    const hookName = HOOK_NAMES.find((known) => known === name);
    if (hookName === undefined) throw new RangeError(`Unrecognized hook "${name}".`);
    this.#hooks[hookName].push(callback);
    return { dispose: () => remove(this.#hooks[hookName], callback) };
  }

  /** From here on no function can be registered: the host has begun to listen. */
  lock(): void {
    this.#isStarted = true;
  }

  hooks(name: HookName): readonly HookCallback[] {
    return this.#hooks[name];
  }

  /** Runs the hooks of one name in the order of their registration; the first error ends it. */
  async runHooks(name: HookName, context: object): Promise<void> {
    for (const callback of [...this.#hooks[name]]) await callback(context);
  }
}

function remove<T>(list: T[], entry: T): void {
  const index = list.indexOf(entry);
  if (index >= 0) list.splice(index, 1);
}
