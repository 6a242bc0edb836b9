import { expect, it } from 'vitest';
import { nameOfWait, type Wait } from '../../../src/teardown/model/wait.ts';

it.each<readonly [Wait['kind'], string]>([
  ['azure-plan', 'Azure subscriptions of plan x (active)'],
  ['subscription', 'subscription x (active)'],
  ['order', 'order x (active)'],
])('a wait of kind %s has a name for people', (kind, name) => {
  expect(nameOfWait({ kind, id: 'x', state: 'active' })).toBe(name);
});
