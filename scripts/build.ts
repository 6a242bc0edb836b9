import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from './bundle-options.ts';

const { outputFiles } = await build({
  ...bundleOptions,
  logLevel: 'warning',
  write: false,
});

for (const { path, contents } of outputFiles) {
  await mkdir(dirname(path), { recursive: true });
  // Renamed into place in one step, because another run may be reading it.
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, contents);
  await rename(unfinished, path);
  if (path.endsWith('.cjs')) {
    console.log(`dist/main.cjs: ${(contents.byteLength / 1_000_000).toFixed(2)} MB`);
  }
}
