import { commandLine, readWholeNumber } from '@sandbox-teardown/shared/command-line';
import logUpdate from 'log-update';
import { explore } from './explore.ts';

// `npm run explore`: every order of events and every crash point of a small world. Exit code 1 if an invariant breaks.

/** Of each; three of everything already take longer than anyone waits. */
const MAX = 9;

const small = commandLine(
  'npm run explore --',
  'Plays a small world in every order of its events, and checks the invariants in each.',
)
  .option('--customers <number>', 'customers, with one order each', readWholeNumber(1, MAX), 2)
  .option('--crashes <number>', 'deaths of the instance', readWholeNumber(0, MAX), 1)
  .option('--duplicates <number>', 'messages delivered a second time', readWholeNumber(0, MAX), 1)
  .parse()
  .opts<{ customers: number; crashes: number; duplicates: number }>();

const startedMs = performance.now();
const { states, runs, ends, crashes, violation } = await explore(small, (sofar) => {
  if (process.stdout.isTTY) logUpdate(`${sofar.runs} runs, ${sofar.ends} ended`);
});
if (process.stdout.isTTY) logUpdate.clear();
const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
console.log(
  `${small.customers} customers with an order each, ${small.crashes} crashes, ${small.duplicates} duplicates: ${states} states, ${runs} runs, ${ends} of them to an end (${crashes} with a crash), in ${seconds} s.`,
);
if (violation === undefined) console.log('Every invariant held in each.');
else {
  console.log(violation.steps.join('\n'));
  console.log(`Broken: ${violation.violation.invariant}. ${violation.violation.message}`);
  process.exitCode = 1;
}
