import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ran, type RunOptions, run } from './run.ts';

/** The version that is restored where the machine has no Bicep of its own. */
export const BICEP_VERSION = '0.49.2';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/bicep', import.meta.url));
const RESTORE_LIMIT_MS = 600_000;

/** The Bicep compiler of this machine. */
export interface Compiler {
  readonly version: string;
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Ran>;
}

/** The packages, by operating system and processor. */
const packages: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'osx-x64',
  'darwin-arm64': 'osx-arm64',
  'win32-x64': 'win-x64',
};

/**
 * From the PATH, from `az`, or by `dotnet restore`; or a message about why there is none. Under CI the restored one comes
 * first: what a runner brings is older or newer each week, and all of them are to judge alike.
 */
export async function findCompiler(): Promise<Compiler | string> {
  if (process.env['CI'] !== 'true') return (await ofThisMachine()) ?? restored();
  const pinned = await restored();
  return typeof pinned === 'string' ? ((await ofThisMachine()) ?? pinned) : pinned;
}

async function ofThisMachine(): Promise<Compiler | undefined> {
  const ofAz = join(homedir(), '.azure', 'bin', 'bicep');
  for (const command of ['bicep', ofAz]) {
    const compiler = await compilerAt(command);
    if (compiler !== undefined) return compiler;
  }
  return undefined;
}

async function compilerAt(command: string): Promise<Compiler | undefined> {
  const { exitCode, stdout } = await run(command, ['--version']);
  const version = /version (\S+)/.exec(stdout)?.[1];
  if (exitCode !== 0 || version === undefined) return undefined;
  return { version, run: (args, options) => run(command, args, options) };
}

/**
 * From NuGet, into a cache folder that git does not see. It is restored beside that and renamed into place, so that
 * it is there completely or not at all: a program that is still being written cannot be run (ETXTBSY).
 */
async function restored(): Promise<Compiler | string> {
  const platform = packages[`${process.platform}-${process.arch}`];
  if (platform === undefined) return none(`there is no package for ${process.platform}`);
  const id = `Azure.Bicep.CommandLine.${platform}`;
  const binary = process.platform === 'win32' ? 'bicep.exe' : 'bicep';
  const inPlace = join(CACHE, id.toLowerCase(), BICEP_VERSION);
  const command = join(inPlace, 'tools', binary);
  const before = await compilerAt(command);
  if (before !== undefined) return before;

  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'restoring-'));
  try {
    const project = join(folder, 'bicep.csproj');
    await writeFile(project, projectFor(id));
    const { exitCode, stdout, stderr } = await run(
      'dotnet',
      ['restore', project, '--packages', folder],
      { limitMs: RESTORE_LIMIT_MS },
    );
    if (exitCode !== 0) return none(`"dotnet restore" said: ${(stdout + stderr).trim()}`);
    await mkdir(dirname(inPlace), { recursive: true });
    // Fails if another run has put its own there meanwhile, which is as good.
    await rename(join(folder, id.toLowerCase(), BICEP_VERSION), inPlace).catch(() => undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return (await compilerAt(command)) ?? none(`${command} does not run`);
}

const projectFor = (id: string) => `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageDownload Include="${id}" Version="[${BICEP_VERSION}]" /></ItemGroup>
</Project>
`;

const none = (why: string) =>
  `There is no Bicep compiler: none on the PATH, none of "az bicep install", and ${why}. Install the .NET SDK or Bicep.`;
