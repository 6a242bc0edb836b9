import { expect, it } from 'vitest';
import {
  asPartnerCenterError,
  PartnerCenterError,
} from '../../../src/teardown/model/partner-center-error.ts';

const answer = { operation: 'list-orders', description: 'Slow down.', body: '' } as const;

it.each([
  [{ status: 429 }, '429'],
  [{ status: 409, code: '800060' }, '409/800060'],
  [{ status: 0 }, 'no answer'],
  [{ status: 0, code: 'ignored' }, 'no answer'],
])('a refusal with %o says what was refused, how and why', (more, how) => {
  const refusal = new PartnerCenterError({ ...answer, ...more });
  expect(refusal.message).toBe(`Partner Center refused list-orders (${how}): Slow down.`);
  expect(refusal.name).toBe('PartnerCenterError');
  expect(refusal.response).toEqual({ ...answer, ...more });
});

it('asPartnerCenterError returns an error of Partner Center, and throws anything else again', () => {
  const refusal = new PartnerCenterError({ ...answer, status: 429 });
  expect(asPartnerCenterError(refusal)).toBe(refusal);
  const bug = new TypeError('a bug');
  expect(() => asPartnerCenterError(bug)).toThrow(bug);
  expect(() => asPartnerCenterError(undefined)).toThrow();
});
