import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLine } from '@sandbox-teardown/shared/command-line';

// Makes what is deployed (azure.yaml, `dist`): the bundle, host.json and a package.json without dependencies.

commandLine('npm run build --', 'Makes the bundle, and the directory that is deployed.').parse();

const MAX_BYTES = 1_500_000;

const root = fileURLToPath(new URL('..', import.meta.url));
const deploy = join(root, 'deploy');

const { name, version, license, main } = JSON.parse(
  await readFile(join(root, 'package.json'), 'utf8'),
) as Record<'name' | 'version' | 'license' | 'main', string>;

await rm(deploy, { recursive: true, force: true });
await mkdir(deploy);
await cp(join(root, main), join(deploy, main), { recursive: true });
await cp(join(root, 'host.json'), join(deploy, 'host.json'));
const manifest = { name, version, license, private: true, type: 'module', main };
await writeFile(join(deploy, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);

let bytes = 0;
for (const file of [main, 'host.json', 'package.json']) {
  const { size } = await stat(join(deploy, file));
  bytes += size;
}
const megabytes = (each: number) => `${(each / 1_000_000).toFixed(2)} MB`;
console.log(`deploy/: ${megabytes(bytes)} of at most ${megabytes(MAX_BYTES)}`);
if (bytes > MAX_BYTES) {
  console.error('The deploy package is too large: see "npm run audit" for what is in the bundle.');
  process.exitCode = 1;
}
