import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts'],
  outfile: 'dist/main.cjs',
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
  write: false,
});

for (const { path, contents } of outputFiles) {
  await mkdir(dirname(path), { recursive: true });
  // Put in place in one step, because another run may be reading it.
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, contents);
  await rename(unfinished, path);
  if (path.endsWith('.cjs')) {
    console.log(`dist/main.cjs: ${(contents.byteLength / 1_000_000).toFixed(2)} MB`);
  }
}
