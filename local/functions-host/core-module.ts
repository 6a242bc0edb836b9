import { registerHooks } from 'node:module';
import type { AppRegistry } from './app-registry.ts';
import type {
  FunctionCallback,
  FunctionMetadata,
  HookCallback,
  LogCategory,
  LogLevel,
  ProgrammingModel,
} from './core-contract.ts';

const CORE_MODULE = '@azure/functions-core';
const CORE_URL = 'functions-host:core';
/** Where the synthesized module finds the object made here: module source can only reach globals. */
const CORE_GLOBAL = Symbol.for(CORE_URL);
/** The host generation whose contract this is; the library asks for at least 4.34 (log hooks). */
const HOST_VERSION = '4.1052.0';
const WORKER_VERSION = '3.14.1';

const CORE_SOURCE = `
const core = globalThis[Symbol.for('${CORE_URL}')];
export default core;
export { core as 'module.exports' };
export const { version, hostVersion, registerFunction, registerHook, setProgrammingModel, getProgrammingModel, log, Disposable } = core;
`;

type Log = (level: LogLevel, category: LogCategory, message: string) => void;

/**
 * Makes `@azure/functions-core` available to everything this process loads from now on, by `require` or `import`.
 * The real worker provides it the same way: as a built-in of the running process, not as a package.
 */
export function installCoreModule(registry: AppRegistry, log: Log): void {
  Object.defineProperty(globalThis, CORE_GLOBAL, {
    value: createCoreModule(registry, log),
    configurable: true,
  });
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === CORE_MODULE
        ? { url: CORE_URL, format: 'module', shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) =>
      url === CORE_URL
        ? { format: 'module', source: CORE_SOURCE, shortCircuit: true }
        : next(url, context),
  });
}

function createCoreModule(registry: AppRegistry, log: Log): object {
  return {
    version: WORKER_VERSION,
    hostVersion: HOST_VERSION,
    registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) =>
      registry.registerFunction(metadata, callback),
    registerHook: (name: string, callback: HookCallback) => registry.registerHook(name, callback),
    setProgrammingModel: (model: ProgrammingModel) => {
      registry.programmingModel = model;
    },
    getProgrammingModel: () => registry.programmingModel,
    log,
    Disposable: CoreDisposable,
  };
}

class CoreDisposable {
  readonly #callOnDispose: () => unknown;

  constructor(callOnDispose: () => unknown) {
    this.#callOnDispose = callOnDispose;
  }

  static from(...disposables: { dispose: () => unknown }[]): CoreDisposable {
    return new CoreDisposable(() => {
      for (const disposable of disposables) disposable.dispose();
    });
  }

  dispose(): unknown {
    return this.#callOnDispose();
  }
}
