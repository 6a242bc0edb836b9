import * as v from 'valibot';
import { expect, it } from 'vitest';
import { nameOfWait, type Wait, waitSchema } from '../../../src/teardown/model/wait.ts';

it.each<readonly [Wait['kind'], string]>([
  ['azure-plan', 'Azure subscriptions of plan x (active)'],
  ['subscription', 'subscription x (active)'],
  ['order', 'order x (active)'],
])('a wait of kind %s has a name for people', (kind, name) => {
  expect(nameOfWait({ kind, id: 'x', state: 'active' })).toBe(name);
});

it('a wait whose id is none says so to the person who reads the refused check', () => {
  const { issues } = v.safeParse(waitSchema, { kind: 'order', id: 'a/b', state: 'active' });
  expect(issues?.map(({ message }) => message)).toEqual(['Invalid id']);
});
