import { describe, expect, it } from 'vitest';
import { keepSecret } from '../../../src/redaction/known-secrets.ts';
import { acceptedCallId } from '../../../src/teardown/model/accepted-calls.ts';
import { type Outcome, skipped } from '../../../src/teardown/model/outcome.ts';
import {
  MAX_WRITTEN,
  MAX_WRITTEN_LENGTH,
  sayingWhatWasWritten,
  withWritten,
} from '../../../src/teardown/model/written-calls.ts';

const changed = skipped('changed', 'No.');

describe('what a teardown has written', () => {
  it('is kept in order, each call once', () => {
    expect(withWritten(['a', 'b'], ['b', 'c'])).toEqual(['a', 'b', 'c']);
    expect(withWritten(undefined, [])).toBeUndefined();
  });

  it('is bounded in number and length', () => {
    const many = Array.from({ length: MAX_WRITTEN + 1 }, (_, index) => `${index}`);
    expect(withWritten(['first'], many)).toHaveLength(MAX_WRITTEN);
    expect(withWritten(undefined, ['x'.repeat(1_000)])?.[0]).toHaveLength(MAX_WRITTEN_LENGTH);
  });

  it('holds no secret that an id echoes', () => {
    keepSecret('written-secret-1234567890');
    const written = withWritten(undefined, ['PATCH /orders/written-secret-1234567890']);
    expect(written?.join()).not.toContain('written-secret');
    const entitlement = { id: 'written-secret-1234567890', planId: 'p', status: 'active' };
    expect(acceptedCallId({ kind: 'cancel-azure-entitlement', entitlement })).toBeUndefined();
  });

  it('is in the explanation of an outcome without a deletion, which says that there may be more', () => {
    expect(sayingWhatWasWritten(changed, ['a', 'b']).explanation).toBe(
      'No. Already written: a; b.',
    );
    const full = Array.from({ length: MAX_WRITTEN }, () => 'a');
    expect(sayingWhatWasWritten(changed, full).explanation).toMatch(/, perhaps more\.$/);
    expect(sayingWhatWasWritten(changed, undefined)).toBe(changed);
  });

  it('is left out where the customer is gone', () => {
    const deleted: Outcome = { kind: 'deleted', reason: 'released', explanation: 'Gone.' };
    expect(sayingWhatWasWritten(deleted, ['a'])).toBe(deleted);
  });

  it('is left out where the request was for no customer', () => {
    const rejected: Outcome = {
      ...{ kind: 'rejected', reason: 'unknown-customer', explanation: 'No such customer.' },
      nextStep: 'Check the id.',
    };
    expect(sayingWhatWasWritten(rejected, ['a'])).toBe(rejected);
  });
});
