import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type BuildOptions, build } from 'esbuild';
import { bundleOptions } from '../../scripts/bundle-options.ts';
import { type Machine, machineName, thisMachine } from '../report/machine.ts';
import { section } from '../report/section.ts';
import { spreadOf } from '../report/statistics.ts';
import { table } from '../report/table.ts';
import { number, ranged, times } from '../report/words.ts';

const PROGRAM = fileURLToPath(new URL('load-process.mjs', import.meta.url));
const RUNS = { full: 15, quick: 2 } as const;
const GOAL = 4;

/** One function that does nothing, by the same library. */
const EMPTY = `
  import { app } from '@azure/functions';
  app.serviceBusQueue('empty', { connection: 'ServiceBusConnection', queueName: 'empty', handler: () => {} });
`;

const SETTINGS = {
  SANDBOX_TENANT_ID: '11111111-2222-3333-4444-555555555555',
  PARTNER_CENTER_CLIENT_ID: '11111111-2222-3333-4444-666666666666',
  PARTNER_CENTER_SIGN_IN: 'federated-identity',
  ServiceBusConnection__fullyQualifiedNamespace: 'example.servicebus.windows.net',
};

interface Load {
  readonly loadMs: number;
  /** The processor's time of it, which other work on the machine hardly changes. */
  readonly workMs: number;
  readonly functions: number;
}

export interface ColdStartResults {
  readonly machine: Machine;
  readonly app: readonly Load[];
  readonly empty: readonly Load[];
}

/** From the bundle's loading to its registered functions, by turns with an empty app. */
export const coldStart = section<ColdStartResults>(
  'cold-start',
  async (size) => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-'));
    try {
      const { entryPoints: _, ...options } = bundleOptions;
      const stdin = { contents: EMPTY, resolveDir: options.absWorkingDir };
      const appBundle = await bundled(bundleOptions, join(folder, 'app.cjs'));
      const emptyBundle = await bundled({ ...options, stdin }, join(folder, 'empty.cjs'));
      const [app, empty]: Load[][] = [[], []];
      for (let run = 0; run < RUNS[size]; run += 1) {
        app?.push(await load(appBundle));
        empty?.push(await load(emptyBundle));
      }
      return { machine: thisMachine(), app: app ?? [], empty: empty ?? [] };
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  ({ machine, app, empty }) => {
    const median = (loads: readonly Load[], what: (load: Load) => number) =>
      spreadOf(loads.map(what)).median;
    const rows = (
      [
        ['from loading the bundle to registered functions', ({ loadMs }) => loadMs],
        ["the processor's time of that", ({ workMs }) => workMs],
      ] as const satisfies readonly (readonly [string, (load: Load) => number])[]
    ).map(([name, what]) => [
      name,
      ...[app, empty].map((loads) => ranged(spreadOf(loads.map(what)), milliseconds)),
      times(median(app, what) / median(empty, what)),
    ]);
    const caption = `Cold start, ${app.length} runs by turns (goal: at most ${GOAL} × the empty app; ${machineName(machine)}):`;
    return { tables: [table(caption, ['', 'the app', 'an empty app', 'ratio'], rows)] };
  },
);

const milliseconds = (ms: number) => `${number(ms)} ms`;

async function bundled(options: BuildOptions, outfile: string): Promise<string> {
  await build({ ...options, outfile, logLevel: 'warning' });
  return outfile;
}

async function load(bundle: string): Promise<Load> {
  const env = { ...process.env, ...SETTINGS };
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, bundle], { env });
  return JSON.parse(stdout) as Load;
}
