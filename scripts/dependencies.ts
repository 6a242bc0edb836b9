import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { bundleOptions } from './bundle-options.ts';

/** Licences that may ship: they only require to be named. */
const LICENCES: ReadonlySet<string> = new Set([
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
]);

/** Packages whose install script is known and never runs: it would download a tool. */
const NEVER_RUN: ReadonlySet<string> = new Set(['azure-functions-core-tools']);

const root = new URL('../', import.meta.url);

export interface LockedPackage {
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
  readonly link?: boolean;
}

export type LockedPackages = Readonly<Record<string, LockedPackage>>;

async function json<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(new URL(path, root), 'utf8')) as T;
}

export async function lockedPackages(): Promise<LockedPackages> {
  return (await json<{ packages: LockedPackages }>('package-lock.json')).packages;
}

/** The scripts that `allowScripts` in package.json allows. */
export async function allowedScripts(): Promise<Readonly<Record<string, boolean>>> {
  return (await json<{ allowScripts: Record<string, boolean> }>('package.json')).allowScripts;
}

/** A message for each install script without a permission, and for each permission without a script. */
export function scriptObjections(
  packages: LockedPackages,
  allowed: Readonly<Record<string, boolean>>,
): readonly string[] {
  const withScript = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([path]) => nameIn(path));
  const unknown = withScript.filter((name) => allowed[name] !== true && !NEVER_RUN.has(name));
  const unused = Object.keys(allowed).filter((name) => !withScript.includes(name));
  return [
    ...unknown.map((name) => `${name} has an install script that is not on the allow-list.`),
    ...unused.map((name) => `${name} may run an install script, but has none.`),
  ];
}

/** A message for each locked package that comes without a checksum. */
export function checksumObjections(packages: LockedPackages): readonly string[] {
  return Object.entries(packages)
    .filter(([path, { integrity, link }]) => isFetched(path) && link !== true && !integrity)
    .map(([path]) => `${path} is locked without a checksum.`);
}

/** The licence of every package that is in the bundle. */
export async function shippedLicences(): Promise<ReadonlyMap<string, string>> {
  const { metafile } = await build({ ...bundleOptions, metafile: true, write: false });
  const directories = new Set(
    Object.keys(metafile.inputs).flatMap((path) => {
      const [directory] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [];
      return directory === undefined ? [] : [directory];
    }),
  );
  const licences = [...directories].map(async (directory) => {
    const { name, license } = await json<{ name: string; license?: string }>(
      `${directory}/package.json`,
    );
    return [name, license ?? 'none'] as const;
  });
  return new Map(await Promise.all(licences));
}

export function licenceObjections(licences: ReadonlyMap<string, string>): readonly string[] {
  return [...licences]
    .filter(([, licence]) => !LICENCES.has(licence))
    .map(([name, licence]) => `${name} ships under "${licence}", which is not on the allow-list.`);
}

/** Not the app itself, or a package of this repository. */
const isFetched = (path: string): boolean => path.includes('node_modules/');

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
