import { rm, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const outfile = `${root}dist/main.cjs`;

await rm(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts'],
  outfile,
  bundle: true,
  minify: true,
  sourcemap: 'linked',
  platform: 'node',
  // The ES modules of the Azure SDKs, where they have them: what is not used is left out.
  mainFields: ['module', 'main'],
  target: 'node24',
  // The Functions worker reads it with `require`, and dynamic imports stay lazy inside one file.
  format: 'cjs',
  // Only the Functions worker has it.
  external: ['@azure/functions-core'],
  legalComments: 'none',
  logLevel: 'warning',
});
const { size } = await stat(outfile);
console.log(`dist/main.cjs: ${(size / 1_000_000).toFixed(2)} MB`);
