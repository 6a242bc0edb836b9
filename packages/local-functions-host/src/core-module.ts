import Module from 'node:module';
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
/** The host generation whose contract this is; the library asks for at least 4.34 (log hooks). */
const HOST_VERSION = '4.1052.0';
const WORKER_VERSION = '3.14.1';

type Log = (level: LogLevel, category: LogCategory, message: string) => void;

/**
 * Makes `@azure/functions-core` available to whatever this process requires from now on, which `@azure/functions` does, however
 * an app loads that. The real worker provides it the same way; source: `setupCoreModule` in azure-functions-nodejs-worker.
 */
export function installCoreModule(registry: AppRegistry, log: Log): void {
  const core = createCoreModule(registry, log);
  Module.prototype.require = new Proxy(Module.prototype.require, {
    apply: (real, module, [name, ...others]) =>
      name === CORE_MODULE ? core : Reflect.apply(real, module, [name, ...others]),
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
