import { commandLine, readWholeNumber } from '@sandbox-teardown/shared/command-line';
import { CUSTOMER_QUOTA } from 'partner-center-sandbox/core';
import { runDemo } from './demo/run-demo.ts';

const MAX_SEED = 2 ** 31 - 1;

const command = commandLine('npm run demo --', 'The main job, end to end, on the embedded stack.')
  .option(
    '--customers <count>',
    'a generated sandbox of so many customers',
    readWholeNumber(1, CUSTOMER_QUOTA),
  )
  .option(
    '--seed <number>',
    'what the generated sandbox is drawn from',
    readWholeNumber(0, MAX_SEED),
    1,
  )
  .parse();

/** The exit code of a command that Ctrl-C ended. */
const INTERRUPTED = 130;
process.once('SIGINT', () => process.exit(INTERRUPTED));
process.once('SIGTERM', () => process.exit(INTERRUPTED));
process.once('SIGHUP', () => process.exit(INTERRUPTED));

const { customers, seed } = command.opts<{ customers?: number; seed: number }>();
const well = await runDemo({
  ...(customers !== undefined && { customers }),
  seed,
  out: process.stdout,
});
console.log('Try more customers: npm run demo -- --customers 75 --seed 7');
console.log('Read next: README.md, "How it decides".');
process.exitCode = well ? 0 : 1;
