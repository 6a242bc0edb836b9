/** A package.json under `packages/`. */
export interface Manifest {
  readonly name: string;
  /** The sources are never published, only the build. */
  readonly private?: true;
  readonly bin?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly exports?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** What a published package has for a command. */
const MAIN = 'lib/main.js';

/** The published package.json: it names the built files, and nothing that only this repository has. */
export function publishedManifest(manifest: Manifest): object {
  const { private: _sources, devDependencies: _own, scripts: _ours, ...published } = manifest;
  const { bin = {}, exports = {} } = published;
  return {
    ...published,
    bin: mapValues(bin, () => MAIN),
    exports: mapValues(onlyBuilt(exports), (path) => ({
      types: built(path, '.d.ts'),
      default: built(path, '.js'),
    })),
  };
}

/** Exports for other packages' tests are not built. */
const onlyBuilt = (paths: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(paths).filter(([, path]) => path.startsWith('./src/')));

const built = (path: string, extension: string): string =>
  path.replace(/\bsrc\//, 'lib/').replace(/\.ts$/, extension);

function mapValues<T>(
  values: Readonly<Record<string, string>>,
  change: (value: string) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
