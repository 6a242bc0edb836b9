import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { commandLine, readWholeNumber } from '@sandbox-teardown/shared/command-line';
import { readDeployment } from './cost/deployment.ts';
import { type Assumed, USUAL } from './cost/held.ts';
import { playNight } from './cost/night.ts';
import { PRICES } from './cost/price-list.ts';
import { costReport } from './cost/report.ts';
import { withMade } from './made-by.ts';

// `npm run cost`: what a night and a month cost, from a simulated night and list prices.

/** The page that quotes this command. */
export const COST_PAGE = fileURLToPath(new URL('../docs/cost.md', import.meta.url));

/** host.json ends an execution after a minute. */
const readMs = readWholeNumber(0, 60_000);
/** The smallest and the largest instance of Flex Consumption. */
const MEMORY_MB = [512, 4096] as const;

/** Each cancellation takes up to ten minutes, a different time for each purchase. */
const SLOW_STEPS = 60;
const SLOW_STEP_MS = 10_000;

export async function costText(assumed: Partial<Assumed> = {}): Promise<string> {
  const deployment = await readDeployment();
  const all = { ...USUAL, memoryMB: deployment.memoryMB, ...assumed };
  const nights = [
    { name: 'cancelled at once', ...(await playNight(() => 0, all)) },
    {
      name: 'cancelling takes 0 to 10 min',
      ...(await playNight((purchase) => (purchase % SLOW_STEPS) * SLOW_STEP_MS, all)),
    },
  ];
  return costReport(nights, deployment, all);
}

/** The page with the command's output and the prices between its marks. */
export async function costPage(): Promise<string> {
  return withMade(await readFile(COST_PAGE, 'utf8'), 'cost', {
    output: `\`\`\`text\n${await costText()}\n\`\`\``,
    prices: priceTable(),
  });
}

function priceTable(): string {
  const number = (value: number) => (value === 0 ? '' : value.toLocaleString('en-US'));
  const rows = Object.values(PRICES).map(
    ({ dollars, per, unit, included, free, meter, source }) =>
      `| ${meter} | $${dollars} for ${number(per)} ${unit} | ${number(included)} | ${number(free)} | ${source} |`,
  );
  return [
    '| meter | list price | in the base charge | free a month | where it was read |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

if (import.meta.main) {
  const command = commandLine(
    'npm run cost --',
    'What a night of 75 customers, and a month of such nights, cost at list price.',
  )
    .option('--latency <ms>', 'of one API request', readMs, USUAL.apiRequestMs)
    .option('--send <ms>', 'until a message sent is acknowledged', readMs, USUAL.sendMs)
    .option('--own <ms>', 'work of each execution besides', readMs, USUAL.ownWorkMs)
    .option('--memory <MB>', 'of an instance; else as deployed', readWholeNumber(...MEMORY_MB))
    .option('--write', 'write the output into docs/cost.md')
    .parse();
  const { latency, send, own, memory, write } = command.opts<{
    latency: number;
    send: number;
    own: number;
    memory?: number;
    write?: true;
  }>();
  if (write) await writeFile(COST_PAGE, await costPage());
  const assumed = { apiRequestMs: latency, sendMs: send, ownWorkMs: own };
  console.log(await costText({ ...assumed, ...(memory !== undefined && { memoryMB: memory }) }));
}
