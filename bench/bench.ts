import { readFile, writeFile } from 'node:fs/promises';
import { commandLine } from '@sandbox-teardown/shared/command-line';
import { withMade } from '../scripts/made-by.ts';
import { broker } from './broker/section.ts';
import { coldStart } from './cold-start/section.ts';
import { detection } from './detection/section.ts';
import { heap } from './heap/section.ts';
import { nights } from './nights/section.ts';
import { asKept, keep, kept } from './report/results.ts';
import type { Section, Size } from './report/section.ts';
import { waits } from './waits/section.ts';

// `npm run bench`: what waiting costs beside what others do, how fast a night is, and what it holds.

export const SECTIONS: readonly Section[] = [waits, detection, nights, heap, broker, coldStart];

const BENCH_PAGE = new URL('../docs/bench.md', import.meta.url);
const README = new URL('../README.md', import.meta.url);

/** The pages that quote this command, with what the kept results say. */
export async function benchPages(): Promise<readonly { readonly page: URL; text: string }[]> {
  const shown = await Promise.all(
    SECTIONS.map(async (section) => [section.name, section.show(await kept(section))] as const),
  );
  const tables = shown.map(([name, { tables }]) => [name, tables.join('\n\n')] as const);
  const inShort = shown.flatMap(([, { inShort }]) => inShort ?? []).join('\n');
  const made = { ...Object.fromEntries(tables), 'in-short': inShort };
  return Promise.all(
    [BENCH_PAGE, README].map(async (page) => ({
      page,
      text: withMade(await readFile(page, 'utf8'), 'bench', made),
    })),
  );
}

/** Only whole runs are kept. */
async function run(section: Section, size: Size): Promise<void> {
  const { text, results } = asKept(await section.measure(size));
  const shown = section.show(results);
  console.log(`\n# ${section.name}\n\n${shown.tables.join('\n\n')}`);
  if (size === 'full') await keep(section, text, shown);
}

if (import.meta.main) {
  const command = commandLine(
    'npm run bench --',
    'Compute, requests, delays, nights, memory and messages, on the simulated sandbox; keeps the results in bench/results.',
  )
    .option('--quick', 'as little as shows that it works; keeps nothing')
    .option('--only <section>', `one of ${SECTIONS.map(({ name }) => name).join(', ')}`)
    .option('--write', 'write what the kept results say into docs/bench.md and the README')
    .parse();
  const { quick, only, write } = command.opts<{ quick?: true; only?: string; write?: true }>();
  const chosen = SECTIONS.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0) command.error(`There is no section "${only}".`);
  for (const section of chosen) await run(section, quick ? 'quick' : 'full');
  if (write) for (const { page, text } of await benchPages()) await writeFile(page, text);
}
