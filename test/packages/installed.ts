import { execFile, type SpawnOptionsWithoutStdio, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { buildPackage } from '../../scripts/packages/build.ts';
import { ROOT } from '../repository/files.ts';

const run = promisify(execFile);

/** Another Node than this one can be tried: `PACKAGES_NODE=/usr/bin/node`. */
const NODE = process.env['PACKAGES_NODE'] ?? process.execPath;
const environment = { ...process.env, PATH: [dirname(NODE), process.env['PATH']].join(delimiter) };
const TSC = join(
  dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'bin/tsc',
);

/** What a lockfile tells of each package, by its path. */
interface Lock {
  readonly packages: Readonly<Record<string, Locked>>;
}

interface Locked {
  readonly engines?: { readonly node?: string };
}

/** The oldest major version in a range like `^20.19.0 || >=22.12.0`; 0 where there is no range. */
function oldestNode({ engines }: Locked = {}): number {
  const majors = [...(engines?.node ?? '').matchAll(/(?:^|[\s|^~>=])(\d+)/g)];
  return majors.length === 0 ? 0 : Math.min(...majors.map(([, major]) => Number(major)));
}

/** A package as whoever installs it has it: packed, and in an empty folder. */
export class Installed {
  readonly folder: string;
  readonly #name: string;

  private constructor(folder: string, name: string) {
    this.folder = folder;
    this.#name = name;
  }

  /** @param others what is installed beside it, as npm knows it */
  static async from(name: string, ...others: readonly string[]): Promise<Installed> {
    const installed = new Installed(await mkdtemp(join(tmpdir(), 'installed-')), name);
    const { folder } = installed;
    await installed.write('package.json', '{ "private": true, "type": "module" }');
    const built = await buildPackage(name);
    const packed = await npm(['pack', '--json', '--pack-destination', folder], built);
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    await npm(['install', '--prefer-offline', '--no-audit', `./${filename}`, ...others], folder);
    return installed;
  }

  async write(file: string, text: string): Promise<void> {
    await writeFile(join(this.folder, file), text);
  }

  /** What was installed with the package and needs a newer Node than it names itself, with the range that says so. */
  async needingNewerNode(): Promise<readonly string[]> {
    const { packages } = JSON.parse(await this.#read('package-lock.json')) as Lock;
    const own = oldestNode(packages[`node_modules/${this.#name}`]);
    return Object.entries(packages)
      .filter(([, other]) => oldestNode(other) > own)
      .map(([path, { engines }]) => `${path} needs Node ${engines?.node}`);
  }

  #read(file: string): Promise<string> {
    return readFile(join(this.folder, file), 'utf8');
  }

  /** What `npx <command>` prints. */
  npx(...command: readonly string[]): Promise<string> {
    return npm(['exec', '--offline', '--', ...command], this.folder);
  }

  /** The same, while it runs; for what ends only when it is told to. */
  start(file: string, args: readonly string[], options: SpawnOptionsWithoutStdio = {}) {
    return spawn(NODE, [join(this.folder, 'node_modules', file), ...args], {
      ...options,
      cwd: this.folder,
      env: { ...environment, ...options.env },
    });
  }

  /** What a module that uses the package prints. */
  async script(module: string, settings: Readonly<Record<string, string>> = {}): Promise<string> {
    const args = ['--input-type=module', '--eval', module];
    const env = { ...environment, ...settings };
    return (await run(NODE, args, { cwd: this.folder, env })).stdout;
  }

  /** Has a module that uses the package checked by the compiler, with the package's own declarations. */
  async check(module: string): Promise<string> {
    await this.write('use.ts', module);
    const types = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules/@types')];
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      ...types,
    ];
    const args = [TSC, '--ignoreConfig', ...options, 'use.ts'];
    return run(process.execPath, args, { cwd: this.folder }).then(
      ({ stdout }) => stdout,
      (error: { stdout?: string }) => error.stdout ?? String(error),
    );
  }

  async remove(): Promise<void> {
    // Windows lets go of a folder only once the processes in it have ended.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  }
}

/** npm itself, and not the shell script of that name that stands for it on Windows. */
export async function npm(args: readonly string[], cwd: string): Promise<string> {
  const own = process.env['npm_execpath'];
  const [program, ...first] = own === undefined ? ['npm'] : [NODE, own];
  return (await run(program, [...first, ...args], { cwd, env: environment })).stdout;
}
