import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from '@sandbox-teardown/shared/command-line';
import * as v from 'valibot';
import { type PlantedBug, plantedBugs } from './planted-bugs.ts';

// `npm run mutants`: plants each bug in a copy of the source, and shows which check catches it. Exit code 1 if
// one is not detected. Arguments are names of bugs to plant.

const ROOT = join(import.meta.dirname, '..');
const COPIED = ['src', 'dev', 'simulation', 'bench', 'test', 'infra', 'scripts', 'docs', 'mutants'];
const FILES = ['package.json', 'tsconfig.json', 'vitest.config.ts', 'host.json', 'README.md'];
const SEEDS = '2000';
/** A bug may make tests wait for ever. */
const MAX_MS = 180_000;
const CHECKS = ['test/teardown', 'test/partner-center', 'test/service-bus'];

const resultSchema = v.object({
  testResults: v.array(
    v.object({
      assertionResults: v.array(v.object({ fullName: v.string(), status: v.string() })),
    }),
  ),
});

const command = commandLine(
  'npm run mutants --',
  'Plants each bug in a copy of the source, and shows which check catches it.',
)
  .argument('[words...]', 'only the bugs whose names have one of these')
  .option('--with-tests', 'run the tests also where the simulation has noticed')
  .parse();
const { withTests = false } = command.opts<{ withTests?: boolean }>();
const chosen = plantedBugs.filter(
  ({ name }) => command.args.length === 0 || command.args.some((words) => name.includes(words)),
);
if (chosen.length === 0) {
  command.error(
    `No planted bug is called so; there are: ${plantedBugs.map(({ name }) => name).join('; ')}.`,
  );
}
/** What fails without any bug catches none. */
const failing = inCopy(failingTests) ?? [];
const brokenAnyway = inCopy(bySimulation);
if (failing.length > 0) {
  console.log(`Fails without a bug, and is not counted:\n  ${failing.join('\n  ')}`);
}
if (brokenAnyway.length > 0) {
  console.log(
    `Breaks without a bug, so that no simulation is counted:\n  ${brokenAnyway.join('\n  ')}`,
  );
}
for (const bug of chosen) {
  const caught = tryOut(bug);
  console.log(`${bug.name}\n${caught.map((each) => `  ${each}`).join('\n')}`);
  if (caught.length === 0) {
    console.log('  NOT CAUGHT');
    process.exitCode = 1;
  }
}

function tryOut(bug: PlantedBug): string[] {
  return inCopy((copy) => {
    make(bug, copy);
    const broken = brokenAnyway.length > 0 ? [] : bySimulation(copy);
    return broken.length > 0 && !withTests ? broken : [...broken, ...byTests(copy)];
  });
}

function inCopy<T>(work: (copy: string) => T): T {
  const copy = mkdtempSync(join(tmpdir(), 'mutant-'));
  try {
    for (const name of [...COPIED, ...FILES])
      cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
    return work(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function make({ file, find, replace, name }: PlantedBug, copy: string): void {
  const path = join(copy, file);
  const parts = readFileSync(path, 'utf8').split(find);
  if (parts.length !== 2) {
    throw new Error(
      `The bug "${name}" does not fit ${file} any more: correct mutants/planted-bugs.ts.`,
    );
  }
  writeFileSync(path, parts.join(replace));
}

function bySimulation(copy: string): string[] {
  const { stdout } = spawnSync(
    process.execPath,
    ['simulation/simulate.ts', '--seed', '1', '--seeds', SEEDS],
    { cwd: copy, encoding: 'utf8' },
  );
  const broken = [...stdout.matchAll(/^Broken: (\S+)\. /gm)].map(([, invariant]) => invariant);
  return broken.length === 0
    ? []
    : [`simulation, ${SEEDS} seeds: breaks ${[...new Set(broken)].join(', ')}`];
}

function byTests(copy: string): string[] {
  const failed = failingTests(copy);
  if (failed === undefined) return ['tests: they do not end in time'];
  const [first, ...others] = failed.filter((name) => !failing.includes(name));
  return first === undefined ? [] : [`tests: ${1 + others.length} fail, such as "${first}"`];
}

/** Undefined if they do not end. */
function failingTests(copy: string): string[] | undefined {
  const { stderr, error } = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project=quick/*',
      '--reporter=json',
      '--outputFile=results.json',
      ...CHECKS,
    ],
    { cwd: copy, encoding: 'utf8', timeout: MAX_MS },
  );
  if (error !== undefined) return undefined;
  const path = join(copy, 'results.json');
  if (!existsSync(path)) throw new Error(`The tests did not run: ${stderr}`);
  const { testResults } = v.parse(resultSchema, JSON.parse(readFileSync(path, 'utf8')));
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ fullName }) => fullName);
}
