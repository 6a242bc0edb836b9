import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

const BINDINGS = '@azure/functions-extensions-base';

/** The options of the bundle that ships; the audit builds the same one to list its contents. */
export const bundleOptions = {
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  entryPoints: ['src/main.ts'],
  outfile: 'dist/main.cjs',
  bundle: true,
  minify: true,
  sourcemap: 'linked',
  platform: 'node',
  // The ES modules of the Azure SDKs, where they exist: unused code is left out.
  mainFields: ['module', 'main'],
  target: 'node24',
  // The Functions worker reads it with `require`, and dynamic imports stay lazy inside one file.
  format: 'cjs',
  // Its registry of bindings must be the one that @azure/functions uses, which is in the CommonJS half of the package.
  alias: { [BINDINGS]: createRequire(import.meta.url).resolve(BINDINGS) },
  // Only the Functions worker has it.
  external: ['@azure/functions-core'],
  legalComments: 'none',
} satisfies BuildOptions;
