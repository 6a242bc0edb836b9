import { bareWord } from './spelling.ts';

/** Article product-resources, BillingCycleType; `biennial` is the SDK's. Without underscores. */
const CYCLES: ReadonlySet<string> = new Set([
  'unknown',
  'monthly',
  'annual',
  'none',
  'onetime',
  'triennial',
  'biennial',
]);

/** In any spelling: `one_time`, `OneTime`, `onetime`. */
export const isBillingCycle = (value: string) => CYCLES.has(bareWord(value));
