import { describe, expect, it } from 'vitest';
import { classifyError } from '../../../src/teardown/errors/classify-error.ts';
import type { Operation } from '../../../src/teardown/model/partner-center-error.ts';

function meaning(operation: Operation, status: number, code?: string, description = ''): string {
  const found = classifyError({
    operation,
    status,
    description,
    body: '',
    ...(code !== undefined && { code }),
  });
  return found.kind === 'park' ? found.reason : found.kind;
}

const reads = [
  'get-customer',
  'list-entitlements',
  'list-orders',
  'list-subscriptions',
  'list-azure-entitlements',
] as const;

describe('an answer whose row has several codes', () => {
  it.each([500, 501, 502, 503, 504, 520, 599])('%i is trouble that passes', (status) => {
    expect(meaning('list-orders', status)).toBe('requeue');
  });

  it.each([499, 600])('%i is not', (status) => {
    expect(meaning('list-orders', status)).toBe('unexpected');
  });

  it.each([
    [199, 'unexpected'],
    [200, 'requeue'],
    [299, 'requeue'],
    [300, 'unexpected'],
  ])('%i that cannot be read is %s', (status, kind) => {
    const said = { operation: 'list-orders', description: '', body: '<html>' } as const;
    const found = classifyError({ ...said, status, unreadable: true });
    expect(found.kind === 'park' ? found.reason : found.kind).toBe(kind);
  });

  it.each(['800040', '800096', '900279'])('400/%s: its status cannot change any more', (code) => {
    expect(meaning('cancel-order', 400, code)).toBe('cannot-cancel');
  });

  it.each(['2032', '900150', '900308', '900309', '900329', '1002'])(
    '403/%s: a role or a consent is missing',
    (code) => {
      expect(meaning('list-orders', 403, code)).toBe('unauthorized');
    },
  );

  it.each(reads)('a missing customer is gone for %s', (operation) => {
    expect(meaning(operation, 404)).toBe('customer-gone');
    expect(meaning(operation, 400, '3000')).toBe('customer-gone');
  });

  it('and for the deletion itself', () => {
    expect(meaning('delete-customer', 404)).toBe('customer-gone');
    expect(meaning('delete-customer', 400, '3000')).toBe('customer-gone');
  });

  it.each(['end-subscription', 'cancel-azure-entitlement', 'cancel-order'] as const)(
    'what %s does not find may be listed later, and says nothing of the customer',
    (operation) => {
      expect(meaning(operation, 404)).toBe('requeue');
      expect(meaning(operation, 400, '3000')).toBe('invalid-request');
    },
  );

  it.each([
    'The customer cannot be removed.',
    'It cannot be deleted now.',
    'Please cancel the following orders: x',
    'It still has purchases.',
    'They are still active.',
    "The customer can't be removed.",
    'The relationship could not be removed.',
    "The relationship couldn't be deleted.",
    'The customer can’t be removed.',
    'The customer can not be removed.',
    "It CAN'T be deleted now.",
    'due to active Azure reserved instances',
  ])('a deletion that is refused with "%s" is tried again, for each status', (description) => {
    for (const status of [400, 403, 409]) {
      expect(meaning('delete-customer', status, '2000', description)).toBe('requeue');
    }
    expect(meaning('delete-customer', 402, '2000', description)).toBe('unexpected');
    expect(meaning('cancel-order', 400, '2000', description)).toBe('unexpected');
  });
});

describe('a gateway that finds nothing', () => {
  const bodies = ['<html>no backend</html>', '{"statusCode":404,"message":"Resource not found"}'];
  it.each(bodies)('says nothing about the customer: %s', (body) => {
    for (const operation of [...reads, 'delete-customer'] as const) {
      const said = { operation, status: 404, description: '', body };
      expect(classifyError(said).kind, operation).toBe('requeue');
      expect(classifyError({ ...said, code: '1000' }).kind, operation).toBe('customer-gone');
    }
  });
});

it.each(['', ' ', '\r\n'])("an answer without a word (%j) is the service's own", (body) => {
  const said = { operation: 'get-customer', status: 404, description: '', body } as const;
  expect(classifyError(said).kind).toBe('customer-gone');
});

describe('a code', () => {
  it.each([
    ['list-orders', 403, '900329', 'unauthorized'],
    ['end-subscription', 400, '800063', 'unexpected'],
    ['end-subscription', 403, '800077', 'unexpected'],
    ['cancel-order', 400, '2011', 'unexpected'],
    ['delete-customer', 409, '1', 'requeue'],
    ['delete-customer', 403, '1', 'unexpected'],
    ['end-subscription', 417, '1', 'unexpected'],
    ['end-subscription', 400, '1', 'unexpected'],
    ['get-customer', 403, '1', 'unexpected'],
    ['cancel-order', 400, '800091', 'unexpected'],
    ['cancel-order', 400, '800081', 'unexpected'],
    ['end-subscription', 400, '800041', 'unexpected'],
    ['get-customer', 400, '900141', 'invalid-request'],
    ['get-customer', 400, '900127', 'invalid-request'],
    ['get-customer', 400, '4018', 'unexpected'],
    ['get-customer', 400, '800090', 'unexpected'],
    ['get-customer', 409, undefined, 'unexpected'],
    ['get-customer', 404, '20003', 'requeue'],
  ] as const)(
    'counts only where it belongs: %s %i/%s is %s',
    (operation, status, code, expected) => {
      expect(meaning(operation, status, code)).toBe(expected);
    },
  );
});
