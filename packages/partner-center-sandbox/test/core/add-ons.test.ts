import { describe, expect, test } from 'vitest';
import type { SandboxSettings } from '../../src/core/settings.ts';
import { createFixture, type Fixture, withStatus } from '../fixture.ts';

const ending = ['as-in-articles', 'leaves-add-ons', 'ends-add-ons', 'refused'] as const;
const kinds = [
  ['new-commerce', 'deleted'],
  ['licence', 'suspended'],
] as const;

/** A subscription, an add-on of it, and an add-on of that. */
function seedFamily(
  settings: Partial<SandboxSettings>,
  kind: (typeof kinds)[number][0],
  cancelTakesMs = 0,
) {
  const fixture = createFixture(settings);
  const addOn = { kind, cancelTakesMs, addOn: true } as const;
  const { customerId, purchases } = fixture.sandbox.addCustomer({
    purchases: [{ kind, cancelTakesMs }, addOn, addOn],
  });
  const customer = `/v1/customers/${customerId}`;
  const paths = purchases.flatMap(({ subscriptionIds }) =>
    subscriptionIds.map((id) => `${customer}/subscriptions/${id}`),
  );
  return { fixture, customer, paths };
}

function patch(fixture: Fixture, path: string | undefined, status: string) {
  const { json, ...answer } = fixture.call(
    'PATCH',
    path ?? '',
    withStatus(fixture, path ?? '', status),
  );
  return [answer.status, json['code'] ?? json['status']];
}

const statuses = (fixture: Fixture, paths: readonly string[]) =>
  paths.map((path) => fixture.call('GET', path).json['status']);

describe.each(kinds)('add-ons of a %s', (kind, ended) => {
  test.each(ending)('ended before their parent let it go, when ending one %s', (endingParent) => {
    const { fixture, customer, paths } = seedFamily({ endingParent }, kind);
    for (const path of paths.toReversed()) {
      expect(fixture.call('DELETE', customer).status).toBe(400);
      expect(patch(fixture, path, ended)).toEqual([200, ended]);
    }
    expect(fixture.call('DELETE', customer).status).toBe(204);
  });

  test('can be left as they are, and block', () => {
    const { fixture, customer, paths } = seedFamily({ endingParent: 'leaves-add-ons' }, kind);
    expect(patch(fixture, paths[0], ended)).toEqual([200, ended]);
    expect(statuses(fixture, paths)).toEqual([ended, 'active', 'active']);
    expect(fixture.call('DELETE', customer).status).toBe(400);
  });

  test('end with their parent by themselves where they are legacy', () => {
    const { fixture, customer, paths } = seedFamily({}, kind);
    expect(patch(fixture, paths[0], ended)).toEqual([200, ended]);
    const rest = kind === 'licence' ? ended : 'active';
    expect(statuses(fixture, paths)).toEqual([ended, rest, rest]);
    expect(fixture.call('DELETE', customer).status).toBe(kind === 'licence' ? 204 : 400);
  });

  test('can be ended with their parent, theirs too, each in its time', () => {
    const { fixture, customer, paths } = seedFamily({ endingParent: 'ends-add-ons' }, kind, 10);
    expect(patch(fixture, paths[0], ended)).toEqual([202, undefined]);
    expect(statuses(fixture, paths)).toEqual(['active', 'active', 'active']);
    fixture.clock.advance(10);
    expect(statuses(fixture, paths)).toEqual([ended, ended, ended]);
    expect(fixture.call('DELETE', customer).status).toBe(204);
  });

  test('can keep their parent from being ended, until they are on their way', () => {
    const { fixture, paths } = seedFamily({ endingParent: 'refused' }, kind, 10);
    const [parent, addOn, innermost] = paths;
    expect(patch(fixture, parent, ended)).toEqual([400, '800096']);
    expect(patch(fixture, addOn, ended)).toEqual([400, '800096']);
    for (const path of [innermost, addOn, parent]) {
      expect(patch(fixture, path, ended)).toEqual([202, undefined]);
    }
  });

  test('cannot be active while their parent is not: 409 27009', () => {
    const { fixture, paths } = seedFamily({}, kind);
    const [parent, addOn] = paths;
    patch(fixture, addOn, 'suspended');
    patch(fixture, parent, 'suspended');
    expect(patch(fixture, addOn, 'active')).toEqual([409, '27009']);
    expect(patch(fixture, parent, 'active')).toEqual([200, 'active']);
    expect(patch(fixture, addOn, 'active')).toEqual([200, 'active']);
  });
});
