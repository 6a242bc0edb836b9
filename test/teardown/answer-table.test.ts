import { describe, expect, it } from 'vitest';
import { answerTable } from '../../src/teardown/answers/answer-table.ts';
import { meaningOf } from '../../src/teardown/answers/meaning-of.ts';
import type { Answer, Operation } from '../../src/teardown/refusal.ts';

type Example = readonly [
  row: string,
  status: number,
  code: string | undefined,
  operation: Operation,
  description: string,
  meaning: string,
  body?: string,
  unreadable?: true,
];

/** One real answer for each row of the table, and what it must mean. */
const examples: readonly Example[] = [
  ['throttled', 429, undefined, 'list-orders', 'Rate limit is exceeded.', 'look-again'],
  ['request timed out', 408, undefined, 'cancel-order', '', 'look-again'],
  ['server error', 503, '800003', 'delete-customer', '', 'look-again'],
  ['no answer', 0, undefined, 'list-orders', 'socket hang up', 'look-again'],
  ['no answer that can be read', 204, undefined, 'list-orders', '', 'look-again', '', true],
  ['order in progress', 409, '800060', 'cancel-order', '', 'look-again'],
  ['pending adjustment', 409, '800014', 'cancel-order', '', 'look-again'],
  [
    'Azure subscription on its way already',
    409,
    '900278',
    'cancel-azure-entitlement',
    '',
    'already-released',
  ],
  ['pending operation', 409, '900278', 'end-subscription', '', 'park pending-operation'],
  ['still being provisioned', 400, '800082', 'end-subscription', '', 'look-again'],
  ['etag out of date', 400, '2055', 'end-subscription', '', 'look-again'],
  ['etag does not match', 412, undefined, 'end-subscription', '', 'look-again'],
  ['pre-condition failed', 417, '800036', 'end-subscription', '', 'look-again'],
  ['audience no longer supported', 401, '900420', 'get-customer', '', 'park unauthorized'],
  ['unauthorized', 401, undefined, 'get-customer', '', 'park unauthorized'],
  ['production account', 403, '800019', 'cancel-order', '', 'park not-a-sandbox'],
  [
    'deletion not supported in this environment',
    400,
    '900127',
    'delete-customer',
    '',
    'park not-a-sandbox',
  ],
  [
    'app-only not supported for entitlements',
    403,
    '900329',
    'list-entitlements',
    '',
    'go-on-without',
  ],
  ['order only by its subscriptions', 400, '800063', 'cancel-order', '', 'use-subscriptions'],
  [
    'marketplace order only by its subscriptions',
    403,
    '800077',
    'cancel-order',
    '',
    'use-subscriptions',
  ],
  ['order cannot be cancelled', 400, '800061', 'cancel-order', '', 'park cannot-cancel'],
  ['cancellation window has passed', 400, '900117', 'cancel-order', '', 'park cannot-cancel'],
  ['status cannot change', 400, '800096', 'end-subscription', '', 'park cannot-cancel'],
  ['already deleted subscription', 400, '2011', 'end-subscription', '', 'already-released'],
  ['Azure subscriptions still active', 403, '900115', 'end-subscription', '', 'look-again'],
  ['deletion accepted in no documented way', 202, undefined, 'delete-customer', '', 'look-again'],
  ['customer gone at its deletion', 404, undefined, 'delete-customer', '', 'customer-gone'],
  ['order not listed yet', 404, '20000', 'cancel-order', '', 'look-again'],
  ['subscription not found', 404, '20003', 'end-subscription', '', 'look-again'],
  ['customer not found', 404, '60003', 'get-customer', '', 'customer-gone'],
  ['not found by a gateway', 404, undefined, 'get-customer', '', 'look-again', '<html>404</html>'],
  ['no relationship with this customer', 403, '20002', 'list-orders', '', 'customer-gone'],
  ['invalid customer id', 400, '900118', 'get-customer', '', 'customer-gone'],
  ['relationship does not exist', 400, '3000', 'get-customer', '', 'customer-gone'],
  ['role or consent missing', 403, '900150', 'cancel-order', '', 'park unauthorized'],
  [
    'deletion refused while purchases block',
    400,
    '2000',
    'delete-customer',
    'Customer relationship cannot be removed due to active Azure reserved instances.Please cancel the following orders: 0bed3bbca6c',
    'look-again',
  ],
];

function answer([
  ,
  status,
  code,
  operation,
  description,
  ,
  body = '',
  unreadable,
]: Example): Answer {
  return {
    ...{ operation, status, description, body },
    ...(code !== undefined && { code }),
    ...(unreadable && { unreadable }),
  };
}

function meaningInWords(example: Example, table = answerTable): string {
  const meaning = meaningOf(answer(example), table);
  return meaning.kind === 'park' ? `park ${meaning.reason}` : meaning.kind;
}

const named = examples.map((example) => ({ row: example[0], example }));

describe('the answer table', () => {
  it('has an example for every row, and a row for every example', () => {
    expect(examples.map(([row]) => row)).toEqual(answerTable.map(({ name }) => name));
  });

  it.each(named)('reads "$row"', ({ example }) => {
    expect(meaningInWords(example)).toBe(example[5]);
  });

  // "unauthorized" after "audience …" and the like differ in more than the kind: the whole meaning counts.
  it.each(named)('needs its row "$row"', ({ example }) => {
    const without = answerTable.filter(({ name }) => name !== example[0]);
    expect(meaningOf(answer(example), without)).not.toEqual(meaningOf(answer(example)));
  });

  it.each([
    [418, undefined, 'get-customer'],
    [400, '99999', 'cancel-order'],
    [302, undefined, 'list-orders'],
    [200, undefined, 'list-orders'],
    [403, undefined, 'delete-customer'],
  ] as const)('parks what it does not know: %s/%s of %s', (status, code, operation) => {
    expect(meaningInWords(['', status, code, operation, 'Something new.', ''])).toBe(
      'park unexpected',
    );
  });

  it.each([
    [499, 'park unexpected'],
    [500, 'look-again'],
    [599, 'look-again'],
    [600, 'park unexpected'],
  ])("takes the statuses from 500 to 599 for the server's trouble: %s", (status, meaning) => {
    expect(meaningInWords(['', status, undefined, 'list-orders', '', ''])).toBe(meaning);
  });

  it.each([
    'get-customer',
    'list-entitlements',
    'list-orders',
    'list-subscriptions',
    'list-azure-entitlements',
    'delete-customer',
  ] as const)('takes a 404 and a 400/3000 of %s for a customer that is gone', (operation) => {
    expect(meaningInWords(['', 404, undefined, operation, '', ''])).toBe('customer-gone');
    expect(meaningInWords(['', 400, '3000', operation, '', ''])).toBe('customer-gone');
  });

  it.each([
    [409, '900278'],
    [400, '800040'],
    [400, '800096'],
    [400, '900279'],
    [400, '2011'],
  ])('takes %i/%s of a cancelled Azure subscription for one that is on its way', (status, code) => {
    expect(meaningInWords(['', status, code, 'cancel-azure-entitlement', '', ''])).toBe(
      'already-released',
    );
  });

  it.each([200, 299])('takes a deletion answered %i for one to look at again', (status) => {
    expect(meaningInWords(['', status, undefined, 'delete-customer', '', ''])).toBe('look-again');
  });

  it.each([199, 300])('does not know a deletion answered %i', (status) => {
    const meaning = meaningInWords(['', status, undefined, 'delete-customer', '', '']);
    expect(meaning).toBe('park unexpected');
  });

  it('does not know another answer of 2xx that cannot be read', () => {
    expect(meaningInWords(['', 200, undefined, 'list-orders', '', ''])).toBe('park unexpected');
  });

  it.each(['cancel-order', 'end-subscription', 'cancel-azure-entitlement'] as const)(
    'takes a 404 of %s for what is not listed yet, and a 400/3000 for nothing it knows',
    (operation) => {
      expect(meaningInWords(['', 404, undefined, operation, '', ''])).toBe('look-again');
      expect(meaningInWords(['', 400, '3000', operation, '', ''])).toBe('park unexpected');
    },
  );

  it.each(['800040', '800096', '900279'])('takes 400/%s for a status that stays', (code) => {
    expect(meaningInWords(['', 400, code, 'cancel-order', '', ''])).toBe('park cannot-cancel');
  });

  it.each(['2032', '900150', '900308', '900309', '900329', '1002'])(
    'takes 403/%s for a role or a consent that is missing',
    (code) => {
      expect(meaningInWords(['', 403, code, 'list-orders', '', ''])).toBe('park unauthorized');
    },
  );

  // What a person has to do must be in the event: each park says its own.
  it.each([
    [409, '900278', 'end-subscription', /after 24 hours\.$/],
    [401, '900420', 'get-customer', /audience .* check PARTNER_CENTER_API_URL and the cloud/],
    [401, undefined, 'get-customer', /^Check PARTNER_CENTER_CLOUD, .* its roles .*Admin agent/],
    [403, '800019', 'cancel-order', /production account\. Set TEARDOWN_MODE to "off"/],
    [400, '800061', 'cancel-order', /^Ask Partner Center support to cancel these orders/],
    [418, undefined, 'get-customer', /^Read the answer kept in this event;.* report it/],
  ] as const)('says for %s/%s of %s what a person does next', (status, code, operation, words) => {
    expect(meaningOf(answer(['', status, code, operation, '', '']))).toMatchObject({
      kind: 'park',
      nextStep: expect.stringMatching(words),
    });
  });
});
