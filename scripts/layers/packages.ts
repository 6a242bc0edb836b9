import { globSync, readFileSync } from 'node:fs';
import { isRelative, resolved, writtenImportsBelow } from './imports.ts';
import { folderOf, type Import } from './layers.ts';

/** A package of this repository. */
export interface Package {
  /** `packages/<name>` */
  readonly folder: string;
  readonly name: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const ROOTS = ['src', 'dev', 'simulation', 'bench', 'scripts', 'mutants', 'test'];

/** Every package, by its manifest. */
export const packages: readonly Package[] = globSync('packages/*/package.json').map((path) => ({
  ...(JSON.parse(readFileSync(path, 'utf8')) as Package),
  folder: folderOf(path.replaceAll('\\', '/')),
}));

/** Every import in the repository as written, by paths below its root. */
export function allImports(): readonly Import[] {
  const ofPackages = packages.flatMap(({ folder }) => [`${folder}/src`, `${folder}/test`]);
  const roots = [...ROOTS, ...globSync(ofPackages)].map((root) => root.replaceAll('\\', '/'));
  return roots.flatMap((root) =>
    writtenImportsBelow(root).map(({ from, to }) => ({ from: `${root}/${from}`, to })),
  );
}

/** The objection to an import into, out of or within a package; undefined if there is none. */
export function packageObjectionTo({ from, to }: Import, all = packages): string | undefined {
  const importing = packageOf(from, all);
  if (isRelative(to)) {
    const imported = packageOf(resolved(from, to), all);
    if (importing === imported) return undefined;
    return `${from} imports ${to}, across a package's border: use what the package exports.`;
  }
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(to)?.[0] ?? to;
  if (importing === undefined) {
    const ships = from.startsWith('src/') && all.some((each) => each.name === name);
    return ships ? `${from} imports ${to}: src ships, and packages do not.` : undefined;
  }
  return name.startsWith('node:') || isDeclared(name, from, importing, all)
    ? undefined
    : `${from} imports ${to}, which ${importing.folder}/package.json does not declare for it.`;
}

/** A shipped import is of a dependency, or of a private package that is built in; tests may import more. */
function isDeclared(name: string, from: string, importing: Package, all: readonly Package[]) {
  const { folder, dependencies = {}, devDependencies = {} } = importing;
  if (name in dependencies) return true;
  const isBuiltIn = all.some((each) => each.name === name && each.private === true);
  return name in devDependencies && (isBuiltIn || from.startsWith(`${folder}/test/`));
}

function packageOf(path: string, all: readonly Package[]): Package | undefined {
  return all.find(({ folder }) => path.startsWith(`${folder}/`));
}
