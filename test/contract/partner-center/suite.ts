import { describe } from 'vitest';
import type { Contract } from './contract.ts';
import { ending } from './ending.ts';
import { reading } from './reading.ts';
import { throttling } from './throttling.ts';
import { writing } from './writing.ts';
import { wrongCalls } from './wrong-calls.ts';

/** What this project believes of the Partner Center API, asked of one that answers. */
export function contractSuite(contract: Contract): void {
  const { writesCustomerId } = contract;
  describe(contract.line, { timeout: contract.maxTestMs }, () => {
    reading(contract);
    if (writesCustomerId !== undefined) {
      const customer = writing(contract, writesCustomerId);
      wrongCalls(contract, customer);
      ending(contract, customer);
    }
    throttling(contract);
  });
}
