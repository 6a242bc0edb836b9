import { expect, it } from 'vitest';
import { effectiveMode } from '../../../src/teardown/model/mode.ts';

it.each([
  ['off', undefined, 'off'],
  ['off', false, 'off'],
  ['off', true, 'off'],
  ['dry-run', undefined, 'dry-run'],
  ['dry-run', false, 'dry-run'],
  ['dry-run', true, 'dry-run'],
  ['enforce', undefined, 'enforce'],
  ['enforce', false, 'enforce'],
  ['enforce', true, 'dry-run'],
] as const)('where %s is allowed and dryRun is %s, it is %s', (allowed, dryRun, mode) => {
  expect(effectiveMode(allowed, dryRun)).toBe(mode);
});
