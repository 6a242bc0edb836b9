import { describe, expect, it } from 'vitest';
import { PARKED_REASONS } from '../../../src/teardown/model/parked-reasons.ts';
import {
  adviceFor,
  REASONS,
  REJECTED_REASONS,
  SKIPPED_REASONS,
  SWEEP_REFUSED_REASONS,
} from '../../../src/teardown/model/reasons.ts';

const advised = { PARKED_REASONS, REJECTED_REASONS, SKIPPED_REASONS, SWEEP_REFUSED_REASONS };
const all = Object.values(advised).flatMap((reasons) => Object.entries(reasons));

describe('a reason that ends without a deletion', () => {
  it.each(all)('%s has a next step in full sentences', (_reason, { nextStep }) => {
    expect(nextStep).toMatch(/^[A-Z].*\.$/);
  });

  it.each(all)('%s has a meaning that a table and a log can hold', (reason, { meaning }) => {
    expect(meaning).toMatch(/^[^|\n]*[^.|\n]$/);
    expect(REASONS).toHaveProperty([reason], meaning);
  });
});

it('a sweep and a teardown mean the same by the same reason, though the next step differs', () => {
  const parked = adviceFor('not-a-sandbox').nextStep;
  expect(SWEEP_REFUSED_REASONS['not-a-sandbox'].meaning).toBe(
    PARKED_REASONS['not-a-sandbox'].meaning,
  );
  expect(SWEEP_REFUSED_REASONS['not-a-sandbox'].nextStep).not.toBe(parked);
});
