import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Compiler } from './compiler.ts';
import type { Ran } from './run.ts';
import { snapshotText } from './snapshot-text.ts';

export const infra = fileURLToPath(new URL('../../infra', import.meta.url));

/** The parameter files whose effect is committed, resource by resource. */
export const snapshots = ['default', 'certificate', 'everything'] as const;
export type SnapshotName = (typeof snapshots)[number];

/** The deployment that a snapshot assumes. */
const TARGET = [
  ...['--tenant-id', '00000000-0000-0000-0000-000000000001'],
  ...['--subscription-id', '00000000-0000-0000-0000-000000000002'],
  ...['--location', 'westeurope'],
  ...['--deployment-name', 'snapshot'],
];

/** The objections of a step; empty if there are none. */
export type Objections = string;

const spoken = ({ exitCode, stdout, stderr }: Ran): Objections =>
  exitCode === 0 ? stderr : `${stdout}${stderr}` || `It ended with code ${exitCode}.`;

/** Every file of Bicep, with every rule of the linter an error (infra/bicepconfig.json). */
export async function lint(bicep: Compiler): Promise<Objections> {
  return spoken(await bicep.run(['lint', '--pattern', '**/*.bicep'], { directory: infra }));
}

/** The template that Azure gets, as text; a warning counts as an objection. */
export async function build(
  bicep: Compiler,
): Promise<{ template: string; objections: Objections }> {
  const ran = await bicep.run(['build', join(infra, 'main.bicep'), '--stdout']);
  return { template: ran.stdout, objections: spoken(ran) };
}

/** The parameters that azd would deploy with, from these environment variables. */
export function buildParameters(
  bicep: Compiler,
  environment: Readonly<Record<string, string>>,
): Promise<Ran> {
  return bicep.run(['build-params', join(infra, 'main.bicepparam'), '--stdout'], { environment });
}

/** Compares with a formatted copy, because the compiler can only write. */
export async function unformatted(bicep: Compiler): Promise<readonly string[]> {
  const copy = await mkdtemp(join(tmpdir(), 'sandbox-teardown-infra-'));
  try {
    await cp(infra, copy, { recursive: true });
    await format(bicep, copy);
    const files = (await readdir(infra, { recursive: true })).filter((path) =>
      /\.bicep(?:param)?$/.test(path),
    );
    const same = await Promise.all(
      files.map(async (path) => {
        const [now, formatted] = await Promise.all(
          [infra, copy].map((folder) => readFile(join(folder, path), 'utf8')),
        );
        return now === formatted;
      }),
    );
    return files.filter((_, place) => !same[place]);
  } finally {
    await rm(copy, { recursive: true });
  }
}

/** Formats every file below a folder in place. */
export async function format(bicep: Compiler, folder: string): Promise<void> {
  for (const ending of ['bicep', 'bicepparam']) {
    await bicep.run(['format', '--pattern', `**/*.${ending}`], { directory: folder });
  }
}

/** Shows what a change would do, resource by resource, against what is committed. */
export async function compareSnapshot(bicep: Compiler, name: SnapshotName): Promise<Objections> {
  return spoken(await snapshot(bicep, name, 'validate'));
}

/** Writes a snapshot, by default where it is committed. */
export async function writeSnapshot(
  bicep: Compiler,
  name: SnapshotName,
  folder = infra,
): Promise<Objections> {
  const objections = spoken(await snapshot(bicep, name, 'overwrite', folder));
  if (objections !== '') return objections;
  const file = join(folder, 'snapshots', `${name}.snapshot.json`);
  await writeFile(file, snapshotText(await readFile(file, 'utf8')));
  return '';
}

function snapshot(
  bicep: Compiler,
  name: SnapshotName,
  mode: 'validate' | 'overwrite',
  folder = infra,
): Promise<Ran> {
  const file = join(folder, 'snapshots', `${name}.bicepparam`);
  return bicep.run(['snapshot', file, '--mode', mode, ...TARGET]);
}
