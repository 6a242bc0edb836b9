import { describe, expect, it } from 'vitest';
import { classifyError } from '../../../src/teardown/errors/classify-error.ts';
import { errorTable } from '../../../src/teardown/errors/error-table.ts';
import type { ErrorResponse } from '../../../src/teardown/model/partner-center-error.ts';
import { type Example, examples } from './error-examples.ts';

type Said = Omit<Example, 'row' | 'meaning'>;

function answer({ code, description = '', body = '', ...said }: Said): ErrorResponse {
  return { ...said, description, body, ...(code !== undefined && { code }) };
}

function meaningInWords(said: Said, table = errorTable): string {
  const meaning = classifyError(answer(said), table);
  return meaning.kind === 'park' ? `park ${meaning.reason}` : meaning.kind;
}

const named = examples.map((example) => ({ row: example.row, example }));

describe('the error table', () => {
  it('has an example for every row, and a row for every example', () => {
    expect(examples.map(({ row }) => row)).toEqual(errorTable.map(({ name }) => name));
  });

  it.each(named)('reads "$row"', ({ example }) => {
    expect(meaningInWords(example)).toBe(example.meaning);
  });

  // "unauthorized" after "audience …" and the like differ in more than the kind: the whole meaning counts.
  it.each(named)('needs its row "$row"', ({ example }) => {
    const without = errorTable.filter(({ name }) => name !== example.row);
    expect(classifyError(answer(example), without)).not.toEqual(classifyError(answer(example)));
  });

  it.each([
    [418, undefined, 'get-customer'],
    [400, '99999', 'cancel-order'],
    [302, undefined, 'list-orders'],
    [200, undefined, 'list-orders'],
    [403, undefined, 'delete-customer'],
    [403, '99999', 'list-orders'],
  ] as const)('parks what it does not know: %s/%s of %s', (status, code, operation) => {
    expect(meaningInWords({ status, code, operation, description: 'Something new.' })).toBe(
      'park unexpected',
    );
  });

  it.each([
    [499, 'park unexpected'],
    [500, 'requeue'],
    [599, 'requeue'],
    [600, 'park unexpected'],
  ])("takes the statuses from 500 to 599 for the server's trouble: %s", (status, meaning) => {
    expect(meaningInWords({ status, operation: 'list-orders' })).toBe(meaning);
  });

  it.each([
    'get-customer',
    'list-entitlements',
    'list-orders',
    'list-subscriptions',
    'list-azure-entitlements',
    'delete-customer',
  ] as const)('takes a 404 and a 400/3000 of %s for a customer that is gone', (operation) => {
    expect(meaningInWords({ status: 404, operation })).toBe('customer-gone');
    expect(meaningInWords({ status: 400, code: '3000', operation })).toBe('customer-gone');
  });

  it.each([
    [409, '900278'],
    [400, '800040'],
    [400, '800096'],
    [400, '900279'],
    [400, '2011'],
  ])(
    'takes %i/%s of a cancelled Azure subscription as a cancellation under way',
    (status, code) => {
      expect(meaningInWords({ status, code, operation: 'cancel-azure-entitlement' })).toBe(
        'already-released',
      );
    },
  );

  it.each([200, 299])('takes a deletion answered %i for one to check again', (status) => {
    expect(meaningInWords({ status, operation: 'delete-customer' })).toBe('requeue');
  });

  it.each([199, 300])('does not know a deletion answered %i', (status) => {
    const meaning = meaningInWords({ status, operation: 'delete-customer' });
    expect(meaning).toBe('park unexpected');
  });

  it('has no row for any other unreadable 2xx', () => {
    expect(meaningInWords({ status: 200, operation: 'list-orders' })).toBe('park unexpected');
  });

  it.each([
    [199, 'park'],
    [200, 'requeue'],
    [299, 'requeue'],
    [300, 'park'],
  ])('takes an unreadable %i as no answer only if its status is successful: %s', (status, kind) => {
    const operation = 'list-orders';
    const said = { operation, status, description: '', body: '<', unreadable: true } as const;
    expect(classifyError(said).kind).toBe(kind);
  });

  it('goes by a known code, even one of several in a row, and not by the words', () => {
    const said = { status: 400, operation: 'delete-customer', description: 'following orders' };
    expect(meaningInWords({ ...said, operation: 'delete-customer', code: '800074' })).toBe(
      'park unexpected',
    );
  });

  it('tries a blocked deletion less often the older the teardown, but at least every hour', () => {
    const operation = 'delete-customer';
    const blocked = answer({ status: 400, operation, description: 'following orders' });
    expect(classifyError(blocked)).toEqual({
      kind: 'requeue',
      wait: { minMs: 0, maxMs: 3_600_000 },
    });
  });

  it.each([
    'cancel-order',
    'end-subscription',
    'turn-off-auto-renew',
    'activate-subscription',
    'cancel-azure-entitlement',
  ] as const)(
    'takes a 404 of %s for what is not listed yet, and a 400/3000 for a mistake of ours',
    (operation) => {
      expect(meaningInWords({ status: 404, operation })).toBe('requeue');
      expect(meaningInWords({ status: 400, code: '3000', operation })).toBe('park invalid-request');
    },
  );

  it.each(['800040', '800096', '900279'])('takes 400/%s for a status that stays', (code) => {
    expect(meaningInWords({ status: 400, code, operation: 'cancel-order' })).toBe(
      'park cannot-cancel',
    );
  });

  it.each(['2032', '900150', '900308', '900309', '900329', '1002'])(
    'takes 403/%s for a role or a consent that is missing',
    (code) => {
      expect(meaningInWords({ status: 403, code, operation: 'list-orders' })).toBe(
        'park unauthorized',
      );
    },
  );

  // What a person has to do must be in the event: each park says its own.
  it.each([
    [401, '900420', 'get-customer', /audience .* check PARTNER_CENTER_API_URL and the cloud/],
    [401, undefined, 'get-customer', /^Check PARTNER_CENTER_CLOUD, .* its roles .*Admin agent/],
    [403, '800019', 'cancel-order', /production account\. Set TEARDOWN_MODE to "off"/],
    [401, undefined, 'cancel-azure-entitlement', /Global administrator and Admin agent .*app-only/],
    [403, undefined, 'cancel-azure-entitlement', /Global administrator and Admin agent .*app-only/],
    [403, '900124', 'cancel-order', /^Have a Global administrator .* accept the Microsoft Partner/],
    [403, '13605', 'cancel-order', /customer has accepted the Microsoft Customer Agreement/],
    [403, '800039', 'cancel-order', /^The partner's account is not active in the programme/],
    [403, '800075', 'cancel-order', /has not approved .* correct its company name and address/],
    [403, '900416', 'cancel-order', /^Microsoft has locked .* ask Partner Center support/],
    [403, '900321', 'end-subscription', /cancel it in the Azure portal, or wait for its end/],
    [400, '800107', 'end-subscription', /check .* that its auto-renew is off, wait for its end/],
    [400, '900252', 'cancel-order', /upload its purchase order in Partner Center/],
    [400, '800061', 'cancel-order', /^Ask Partner Center support to cancel these orders/],
    [400, '900311', 'end-subscription', /updated too many times: contact Partner Center support/],
    [400, '900307', 'cancel-azure-entitlement', /cancellation reason .* a bug of this app/],
    [400, '800002', 'end-subscription', /refuses the request itself, which is a bug of this app/],
    [400, undefined, 'delete-customer', /invalid address can never be deleted.* read the answer/],
    [418, undefined, 'get-customer', /^Read the answer in this event;.* report it/],
  ] as const)('says for %s/%s of %s what a person does next', (status, code, operation, words) => {
    expect(classifyError(answer({ status, code, operation }))).toMatchObject({
      kind: 'park',
      nextStep: expect.stringMatching(words),
    });
  });
});
