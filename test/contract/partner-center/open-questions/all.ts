import { accounts } from './accounts.ts';
import type { OpenQuestion } from './answered.ts';
import { azure } from './azure.ts';
import { byItself } from './by-itself.ts';
import { orders } from './orders.ts';
import { reading } from './reading.ts';
import { subscriptions } from './subscriptions.ts';

export const openQuestions: readonly OpenQuestion[] = [
  byItself,
  ...reading,
  ...azure,
  ...orders,
  ...subscriptions,
  ...accounts,
];

/** Settings that this suite cannot meet, or that are no open questions. */
export const unmet: ReadonlySet<string> = new Set([
  // Played by the suite itself, in each cloud.
  'cloud',
  'requestsPerMinute',
  // Another account than a sandbox, or another caller than the suite's.
  'production',
  'foreignCustomer',
  'role',
  'conditionalAccess',
  // Three days, which the suite does not wait.
  'migrationTakesMs',
]);
