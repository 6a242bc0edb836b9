import { commerceScenarios } from './commerce-scenarios.ts';
import type { Scenario } from './scenario.ts';

const released = { kind: 'deleted', reason: 'released', world: 'gone' } as const;
const SOON = 0;
const A_WHILE_MS = 2_500;
const LONG_MS = 6_000;

/** The stories of `npm run demo`, each with its expected outcome. */
export const scenarios: readonly Scenario[] = [
  { name: 'empty', shows: 'nothing bought', customer: { purchases: [] }, expected: released },
  {
    name: 'quick',
    shows: 'an order that cancels at once',
    customer: { purchases: [{ kind: 'perpetual-software', cancelTakesMs: SOON }] },
    expected: released,
  },
  {
    name: 'slow',
    shows: 'a reservation that stays pending for several checks',
    customer: { purchases: [{ kind: 'reservation', cancelTakesMs: LONG_MS }] },
    expected: { ...released, minChecks: 4 },
  },
  {
    name: 'shared',
    shows: 'several entitlements on one order',
    customer: {
      purchases: [
        { kind: 'perpetual-software', lines: 3, entitlements: 3, cancelTakesMs: A_WHILE_MS },
      ],
    },
    expected: released,
  },
  {
    name: 'nested',
    shows: 'an order found only in a nested entitlement',
    customer: { purchases: [{ kind: 'reservation', nested: 2, cancelTakesMs: A_WHILE_MS }] },
    expected: released,
  },
  {
    name: 'mixed',
    shows: 'several orders of several products',
    customer: {
      purchases: [
        { kind: 'reservation', cancelTakesMs: A_WHILE_MS },
        { kind: 'perpetual-software', cancelTakesMs: SOON },
        { kind: 'software-subscription', cancelTakesMs: LONG_MS },
      ],
    },
    expected: released,
  },
  {
    name: 'throttled',
    shows: 'throttled half-way (429, Retry-After)',
    customer: {
      purchases: [
        { kind: 'reservation', cancelTakesMs: SOON },
        { kind: 'perpetual-software', cancelTakesMs: SOON },
      ],
    },
    faults: [
      {
        kind: 'status',
        operation: 'patch-order',
        after: 1,
        status: 429,
        headers: { 'Retry-After': '2' },
        body: { statusCode: 429, message: 'Rate limit is exceeded. Try again in 2 seconds.' },
      },
    ],
    expected: { ...released, minChecks: 3 },
  },
  {
    name: 'unlucky',
    shows: 'a 503 and a dropped connection half-way',
    customer: { purchases: [{ kind: 'reservation', cancelTakesMs: SOON }] },
    faults: [
      { kind: 'status', operation: 'patch-order', status: 503 },
      { kind: 'drop', operation: 'list-orders', after: 1, times: 2 },
    ],
    expected: { ...released, minChecks: 4 },
  },
  {
    name: 'unanswered',
    shows: 'a write whose answer is lost',
    customer: { purchases: [{ kind: 'reservation', cancelTakesMs: A_WHILE_MS }] },
    faults: [
      { kind: 'drop-after', operation: 'patch-order' },
      { kind: 'drop-after', operation: 'delete-customer', times: 2 },
    ],
    expected: { ...released, reason: 'already-gone' },
  },
  {
    name: 'protected',
    shows: 'protected by a rule',
    customer: { purchases: [{ kind: 'reservation' }] },
    protectedBy: 'Ada',
    expected: { kind: 'skipped', reason: 'protected', world: 'untouched' },
  },
  {
    name: 'dry-run',
    shows: 'a dry-run request: planned, nothing written',
    customer: { purchases: [{ kind: 'reservation' }, { kind: 'perpetual-software' }] },
    request: { dryRun: true },
    expected: { kind: 'planned', reason: 'dry-run', world: 'untouched' },
  },
  {
    name: 'too-old',
    shows: 'an order that cannot be cancelled any more',
    customer: { purchases: [{ kind: 'reservation', ageDays: 75 }] },
    expected: { kind: 'parked', reason: 'cannot-cancel', world: 'untouched' },
  },
  {
    name: 'unknown',
    shows: 'a customer that does not exist',
    expected: { kind: 'rejected', reason: 'unknown-customer', world: 'nothing' },
  },
  {
    name: 'malformed',
    shows: 'a message with a mistyped field',
    customer: { purchases: [{ kind: 'reservation' }] },
    request: { dryrun: true },
    expected: { kind: 'rejected', reason: 'malformed-message', world: 'untouched' },
  },
  {
    name: 'thrice',
    shows: 'the same message dropped three times',
    customer: { purchases: [{ kind: 'perpetual-software', cancelTakesMs: A_WHILE_MS }] },
    times: 3,
    expected: released,
  },
  ...commerceScenarios,
];
