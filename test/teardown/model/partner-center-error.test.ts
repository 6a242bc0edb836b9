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
])('a error with %o says what was refused, how and why', (more, how) => {
  const error = new PartnerCenterError({ ...answer, ...more });
  expect(error.message).toBe(`Partner Center refused list-orders (${how}): Slow down.`);
  expect(error.name).toBe('PartnerCenterError');
  expect(error.response).toEqual({ ...answer, ...more });
});

it('asPartnerCenterError returns an error of Partner Center, and throws anything else again', () => {
  const error = new PartnerCenterError({ ...answer, status: 429 });
  expect(asPartnerCenterError(error)).toBe(error);
  const bug = new TypeError('a bug');
  expect(() => asPartnerCenterError(bug)).toThrow(bug);
  expect(() => asPartnerCenterError(undefined)).toThrow();
});
