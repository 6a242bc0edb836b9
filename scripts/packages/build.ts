import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Manifest, publishedManifest } from './manifest.ts';

const PACKAGES = fileURLToPath(new URL('../../packages', import.meta.url));
const LICENCE = join(PACKAGES, '../LICENSE');
const TSC = join(
  dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'bin/tsc',
);
const SHARED = '@sandbox-teardown/shared';

/** The packages that are published, by the names of their folders. */
export const published: readonly string[] = globSync('*/package.json', { cwd: PACKAGES })
  .map((path) => dirname(path))
  .filter((folder) => folder !== 'shared')
  .toSorted();

/**
 * Builds a package as it is published: JavaScript and declarations, file by file, with the shared package inside.
 * Without a bundler, so that a module for a process of its own is found beside the module that starts it.
 * @returns the folder for `npm pack`
 */
export async function buildPackage(name: string): Promise<string> {
  const source = join(PACKAGES, name);
  const target = join(source, 'dist');
  const lib = join(target, 'lib');
  await rm(target, { recursive: true, force: true });
  const compiled = await mkdtemp(join(tmpdir(), 'packages-'));
  try {
    const project = join(PACKAGES, 'tsconfig.build.json');
    await promisify(execFile)(process.execPath, [TSC, '-p', project, '--outDir', compiled]);
    await cp(join(compiled, name, 'src'), lib, { recursive: true });
    await cp(join(compiled, 'shared/src'), join(lib, 'shared'), { recursive: true });
  } finally {
    await rm(compiled, { recursive: true, force: true });
  }
  const shared = await manifestOf('shared');
  for (const file of globSync('**/*.{js,d.ts}', { cwd: lib })) {
    const path = join(lib, file);
    await writeFile(path, linked(await readFile(path, 'utf8'), dirname(file), shared));
  }
  const manifest = await manifestOf(name);
  const { files = [] } = manifest;
  for (const file of ['README.md', ...files.filter((each) => each !== 'lib')]) {
    await cp(join(source, file), join(target, file), { recursive: true });
  }
  await cp(LICENCE, join(target, 'LICENSE'));
  const text = JSON.stringify(publishedManifest(manifest), null, 2);
  await writeFile(join(target, 'package.json'), `${text}\n`);
  return target;
}

/** The same module with relative paths to the shared package; declarations name the built files. */
function linked(module: string, folder: string, { exports = {} }: Manifest): string {
  const withShared = module.replaceAll(
    new RegExp(`(['"])${SHARED}/([^'"]+)\\1`, 'g'),
    (_whole, quote: string, name: string) => {
      const file = (exports[`./${name}`] ?? '').replace('./src/', 'shared/');
      return `${quote}${asRelative(relative(folder, file))}${quote}`;
    },
  );
  return withShared.replaceAll(/((?:from|import\()\s*['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2');
}

function asRelative(path: string): string {
  const written = path.replaceAll('\\', '/');
  return written.startsWith('.') ? written : `./${written}`;
}

async function manifestOf(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(PACKAGES, folder, 'package.json'), 'utf8'));
}
