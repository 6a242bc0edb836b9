import { describe, expect, it } from 'vitest';
import { classifyError } from '../../../src/teardown/errors/classify-error.ts';
import type { ErrorResponse, Operation } from '../../../src/teardown/model/partner-center-error.ts';

const said = (status: number, code: string | undefined, operation: Operation): ErrorResponse => ({
  operation,
  status,
  description: 'In whatever words.',
  body: '',
  ...(code !== undefined && { code }),
});

function inWords(status: number, code: string | undefined, operation: Operation): string {
  const meaning = classifyError(said(status, code, operation));
  return meaning.kind === 'park' ? meaning.reason : meaning.kind;
}

const order = 'cancel-order';
const subscription = 'end-subscription';
const activation = 'activate-subscription';
const azure = 'cancel-azure-entitlement';
const plans = 'list-azure-entitlements';

/** Article error-codes, by what the codes mean to a call of ours; each code of a row by itself. */
const documented: readonly [string, Operation, number, ...codes: string[]][] = [
  ['requeue', subscription, 409, '800082', '900278', '27009'],
  ['requeue', subscription, 400, '800082', '900280', '900277', '2012', '2055'],
  ['requeue', order, 409, '800060', '800014', '900278'],
  ['requeue', activation, 400, '800041'],
  ['requeue', order, 403, '800073', '800074'],
  ['requeue', subscription, 500, '900192', '800003', '800005', '800087', '800094'],
  ['requeue', subscription, 501, '0'],
  ['requeue', subscription, 404, '20003', '1000', '2072'],
  ['requeue', activation, 404, '20003', '1000'],
  ['requeue', azure, 404, '800111', '20003'],
  ['requeue', plans, 404, '800111', '20003', '20000'],
  ['go-on-without', plans, 400, '800011', '800012', '800021', '800030'],
  ['customer-gone', 'get-customer', 404, '1000', '60002', '60003'],
  ['customer-gone', azure, 403, '900159', '20002'],
  ['customer-gone', plans, 403, '900159', '20002'],
  ['already-released', azure, 400, '800011', '800012', '800021', '800030'],
  ['already-released', azure, 400, '800040', '800096', '900279', '2011'],
  ['already-released', subscription, 400, '2011'],
  ['already-suspended', subscription, 400, '800091'],
  ['activate-first', subscription, 400, '800081'],
  ['use-subscriptions', order, 400, '800063'],
  ['use-subscriptions', order, 403, '800077', '900263'],
  ['cannot-cancel', subscription, 400, '800011', '800012', '800021', '800030'],
  ['cannot-cancel', subscription, 400, '800040', '800096', '900279', '900311', '2006'],
  ['use-order', subscription, 403, '900263'],
  ['cannot-cancel', subscription, 403, '2006'],
  ['cannot-cancel', subscription, 400, '900117', '900213', '800042', '900127', '900141'],
  ['cannot-cancel', order, 400, '800061', '900117', '800022', '800024', '800025', '800026'],
  ['cannot-cancel', order, 400, '800062', '4018'],
  ['cannot-cancel', order, 403, '800023', '800069', '900121'],
  ['agreement-missing', order, 403, '900123', '900124', '800039', '900149', '13605'],
  ['customer-not-approved', order, 403, '800075'],
  ['customer-locked', order, 403, '900416'],
  ['savings-plan', subscription, 403, '900321'],
  ['trial', subscription, 400, '800107'],
  ['purchase-order-missing', order, 400, '900252', '900253', '900254'],
  ['not-a-sandbox', order, 403, '800019'],
  ['not-a-sandbox', 'delete-customer', 400, '900127'],
  ['not-a-sandbox', activation, 400, '900127'],
  ['unauthorized', order, 401, '400', '800001', '900420'],
  ['unauthorized', order, 403, '2032', '800043', '900150', '900308', '900309', '900329', '1002'],
  ['unauthorized', azure, 403, '2032', '900150', '900308', '900309', '900329'],
  ['invalid-request', azure, 400, '900307', '800002'],
  ['invalid-request', 'list-orders', 400, '800042', '900127', '900141'],
  ['invalid-request', order, 400, '800002', '800004', '800071', '900126', '3000'],
  ['invalid-request', subscription, 400, '2001', '2002', '2054', '2071', '6000', '6001', '800016'],
  ['invalid-request', subscription, 403, '800027', '800028', '800067', '800088', '800089'],
  ['invalid-request', subscription, 400, '800029', '800072', '800080', '800085', '800090'],
  ['invalid-request', subscription, 400, '800092', '800093', '800095', '800097', '800098'],
  ['invalid-request', subscription, 400, '800121', '800122', '900214', '900257', '900269'],
  [
    'invalid-request',
    subscription,
    400,
    '900270',
    '900275',
    '900244',
    '900245',
    '900246',
    '900268',
  ],
];

const each = documented.flatMap(([meaning, operation, status, ...codes]) =>
  codes.map((code) => ({ meaning, operation, status, code })),
);

it.each(each)('$status/$code of $operation: $meaning', ({ meaning, operation, status, code }) => {
  expect(inWords(status, code, operation)).toBe(meaning);
});

describe('the words of a description', () => {
  it.each([
    ['800012', 'cannot-cancel'],
    ['900118', 'customer-gone'],
    // Known, and for another call than this.
    ['2011', 'unexpected'],
    ['800081', 'unexpected'],
  ])('do not override a known code: %s', (code, expected) => {
    const answer = said(400, code, 'delete-customer');
    const meaning = classifyError({
      ...answer,
      description: "It can't be removed: active orders.",
    });
    expect(meaning.kind === 'park' ? meaning.reason : meaning.kind).toBe(expected);
  });
});

describe('a conflict without a known code', () => {
  it.each([order, subscription, activation, azure] as const)(
    'is a renewal that waits to be processed: %s goes on after two minutes',
    (operation) => {
      for (const code of [undefined, '1']) {
        expect(classifyError(said(409, code, operation))).toEqual({
          kind: 'requeue',
          wait: { minMs: 120_000, maxMs: 120_000 },
        });
      }
    },
  );
});
