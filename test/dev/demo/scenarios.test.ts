import { createFixture, tearDown } from 'partner-center-sandbox/testing';
import { expect, it } from 'vitest';
import { commerceScenarios } from '../../../dev/demo/commerce-scenarios.ts';
import { scenarios } from '../../../dev/demo/scenarios.ts';
import { prepare, prepareGenerated } from '../../../dev/demo/story.ts';

it.each(commerceScenarios.map((scenario) => [scenario.name, scenario] as const))(
  'the story "%s" has the end that the articles give it',
  (_name, scenario) => {
    const fixture = createFixture({ requestsPerMinute: 1_000_000 });
    const { customerId } = prepare(scenario, fixture.sandbox);
    expect(tearDown(fixture, customerId)).toBe(scenario.expected.kind === 'deleted');
  },
);

it('the demo has an order of several kinds and in many states, add-ons, a review that ends, and what only people can end', () => {
  const customers = scenarios.flatMap(({ customer }) => customer ?? []);
  const purchases = customers.flatMap(({ purchases: bought = [] }) => bought);
  expect(purchases.some(({ together = [] }) => new Set(together).size > 1)).toBe(true);
  expect(purchases.some(({ addOn }) => addOn)).toBe(true);
  expect(purchases.some(({ orderStatus }) => orderStatus === 'pending_po_upload')).toBe(true);
  expect(customers.some(({ invalidAddress }) => invalidAddress)).toBe(true);
  const read = new Set(purchases.map(({ orderStatus }) => orderStatus));
  for (const status of ['suspended', 'error', 'unknown', 'pending_review'] as const) {
    expect([...read]).toContain(status);
  }
  expect(purchases.map(({ orderIdForm }) => orderIdForm)).toContain('guid');
  expect(purchases.some(({ kind }) => kind === 'legacy-azure')).toBe(true);
  const reviewed = customers.filter(({ account }) => account === 'under-review');
  expect(reviewed.map(({ accountForMs }) => accountForMs)).toEqual([8_000]);
});

it('the demo has no order of some minutes, for which the functions wait a quarter of an hour', () => {
  const { sandbox } = createFixture();
  prepareGenerated({ purchases: [{ kind: 'reservation', ageDays: 0 }] }, 0, sandbox);
  const { nowMs, customers } = sandbox.state();
  expect(customers[0]?.orders[0]?.createdMs).toBeLessThan(nowMs - 15 * 60_000);
});
