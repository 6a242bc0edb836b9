import { afterAll } from 'vitest';
import { openContracts } from './open-target.ts';
import { contractSuite } from './suite.ts';

/**
 * The contract suite against whatever answers: the simulated sandbox by default, a real one when the environment says so
 * (see `settings.ts`). What a real one answered where no article says what to expect is told at the end.
 */
const contracts = await openContracts();
afterAll(async () => {
  for (const { mustEnd, line, seen, close } of contracts) {
    await close();
    if (mustEnd === undefined) console.log([`Seen at ${line}`, ...seen.lines].join('\n  '));
  }
});

for (const contract of contracts) contractSuite(contract);
