import Module, { createRequire } from 'node:module';

// Loads the bundle that it is given, as the Functions worker does, and says what that took and what was registered.
// JavaScript, so that Node has nothing to translate first.

const CORE_MODULE = '@azure/functions-core';

class Disposable {
  dispose() {}
}

let functions = 0;
const core = {
  version: '3.14.1',
  hostVersion: '4.1052.0',
  registerFunction: () => {
    functions += 1;
    return new Disposable();
  },
  registerHook: () => new Disposable(),
  setProgrammingModel: () => undefined,
  getProgrammingModel: () => undefined,
  log: () => undefined,
  Disposable,
};

Module.prototype.require = new Proxy(Module.prototype.require, {
  apply: (real, module, [name, ...others]) =>
    name === CORE_MODULE ? core : Reflect.apply(real, module, [name, ...others]),
});

const [bundle = ''] = process.argv.slice(2);
const startMs = performance.now();
const startCpu = process.cpuUsage();
createRequire(import.meta.url)(bundle);
const { user, system } = process.cpuUsage(startCpu);
const loadMs = performance.now() - startMs;
console.log(JSON.stringify({ loadMs, workMs: (user + system) / 1000, functions }));
process.exit();
