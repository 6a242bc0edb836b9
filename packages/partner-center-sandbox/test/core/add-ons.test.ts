import { describe, expect, test } from 'vitest';
import type { SandboxSettings } from '../../src/core/settings.ts';
import { createStage, type Stage, withStatus } from '../stage.ts';

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
  const stage = createStage(settings);
  const addOn = { kind, cancelTakesMs, addOn: true } as const;
  const { customerId, purchases } = stage.sandbox.addCustomer({
    purchases: [{ kind, cancelTakesMs }, addOn, addOn],
  });
  const customer = `/v1/customers/${customerId}`;
  const paths = purchases.flatMap(({ subscriptionIds }) =>
    subscriptionIds.map((id) => `${customer}/subscriptions/${id}`),
  );
  return { stage, customer, paths };
}

function patch(stage: Stage, path: string | undefined, status: string) {
  const { json, ...answer } = stage.call(
    'PATCH',
    path ?? '',
    withStatus(stage, path ?? '', status),
  );
  return [answer.status, json['code'] ?? json['status']];
}

const statuses = (stage: Stage, paths: readonly string[]) =>
  paths.map((path) => stage.call('GET', path).json['status']);

describe.each(kinds)('add-ons of a %s', (kind, ended) => {
  test.each(ending)('ended before their parent let it go, when ending one %s', (endingParent) => {
    const { stage, customer, paths } = seedFamily({ endingParent }, kind);
    for (const path of paths.toReversed()) {
      expect(stage.call('DELETE', customer).status).toBe(400);
      expect(patch(stage, path, ended)).toEqual([200, ended]);
    }
    expect(stage.call('DELETE', customer).status).toBe(204);
  });

  test('can be left as they are, and block', () => {
    const { stage, customer, paths } = seedFamily({ endingParent: 'leaves-add-ons' }, kind);
    expect(patch(stage, paths[0], ended)).toEqual([200, ended]);
    expect(statuses(stage, paths)).toEqual([ended, 'active', 'active']);
    expect(stage.call('DELETE', customer).status).toBe(400);
  });

  test('end with their parent by themselves where they are legacy', () => {
    const { stage, customer, paths } = seedFamily({}, kind);
    expect(patch(stage, paths[0], ended)).toEqual([200, ended]);
    const rest = kind === 'licence' ? ended : 'active';
    expect(statuses(stage, paths)).toEqual([ended, rest, rest]);
    expect(stage.call('DELETE', customer).status).toBe(kind === 'licence' ? 204 : 400);
  });

  test('can be ended with their parent, theirs too, each in its time', () => {
    const { stage, customer, paths } = seedFamily({ endingParent: 'ends-add-ons' }, kind, 10);
    expect(patch(stage, paths[0], ended)).toEqual([202, undefined]);
    expect(statuses(stage, paths)).toEqual(['active', 'active', 'active']);
    stage.clock.advance(10);
    expect(statuses(stage, paths)).toEqual([ended, ended, ended]);
    expect(stage.call('DELETE', customer).status).toBe(204);
  });

  test('can keep their parent from being ended, until they are on their way', () => {
    const { stage, paths } = seedFamily({ endingParent: 'refused' }, kind, 10);
    const [parent, addOn, innermost] = paths;
    expect(patch(stage, parent, ended)).toEqual([400, '800096']);
    expect(patch(stage, addOn, ended)).toEqual([400, '800096']);
    for (const path of [innermost, addOn, parent]) {
      expect(patch(stage, path, ended)).toEqual([202, undefined]);
    }
  });

  test('cannot be active while their parent is not: 409 27009', () => {
    const { stage, paths } = seedFamily({}, kind);
    const [parent, addOn] = paths;
    patch(stage, addOn, 'suspended');
    patch(stage, parent, 'suspended');
    expect(patch(stage, addOn, 'active')).toEqual([409, '27009']);
    expect(patch(stage, parent, 'active')).toEqual([200, 'active']);
    expect(patch(stage, addOn, 'active')).toEqual([200, 'active']);
  });
});
