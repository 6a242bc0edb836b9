import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answeringClient } from '../answering-client.ts';

const clientFor = (body: unknown) => answeringClient(() => Response.json(body)).client;

const entitlements = (item: object) => clientFor({ items: [item] }).listEntitlements('c');

async function order(fields: object) {
  const [read] = await clientFor({ items: [{ id: 'o', ...fields }] }).listOrders('c');
  return read ?? expect.unreachable();
}

async function subscription(fields: object) {
  const [read] = await clientFor({ items: [{ id: 's', ...fields }] }).listSubscriptions('c');
  return read ?? expect.unreachable();
}

async function azureSubscription(status: string) {
  const client = clientFor({ items: [{ id: 'a', status }] });
  const [read] = await client.listAzureEntitlements('c', 'plan');
  return read ?? expect.unreachable();
}

describe('the status of an order', () => {
  const documented = [
    ...['unknown', 'completed', 'pending', 'cancelled', 'suspended', 'pending_review'],
    ...[
      'pending_po_upload',
      'po_upload_complete',
      'po_review_rejected',
      'partial_success',
      'error',
    ],
  ];
  const inCamelCase = (status: string) =>
    status.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());

  it.each(documented)('%s is read whatever letter case, blanks and hyphens', async (status) => {
    const camel = inCamelCase(status);
    for (const spelling of [
      status,
      status.toUpperCase(),
      ` ${status} `,
      status.replaceAll('_', ' '),
      status.replaceAll('_', '-'),
      camel,
      `${camel[0]?.toUpperCase()}${camel.slice(1)}`,
    ]) {
      expect((await order({ status: spelling })).status, spelling).toBe(status);
    }
  });

  it.each([
    ['canceled', 'cancelled'],
    ['Cancelled', 'cancelled'],
    ['Pending Review', 'pending_review'],
    ['partialSuccess', 'partial_success'],
    ['PendingPOUpload', 'pending_po_upload'],
    // Unknown ones are not made to look like known ones.
    ['Pending-Something', 'pending-something'],
  ])('%s is %s', async (written, status) => {
    expect((await order({ status: written })).status).toBe(status);
  });

  it('that is missing stays missing', async () => {
    expect((await order({})).status).toBe('');
  });
});

describe('the status of a subscription', () => {
  it.each(['none', 'active', 'pending', 'suspended', 'expired', 'disabled', 'deleted'])(
    '%s is read whatever letter case and blanks',
    async (status) => {
      for (const spelling of [status, status.toUpperCase(), ` ${status}\t`, `_${status}`]) {
        expect((await subscription({ status: spelling })).status).toBe(status);
      }
    },
  );

  it('of an Azure subscription is read in the same way', async () => {
    for (const [written, status] of [
      ['Inactive', 'inactive'],
      ['Canceled', 'cancelled'],
      ['Active ', 'active'],
      ['Warned', 'warned'],
    ] as const) {
      expect((await azureSubscription(written)).status).toBe(status);
    }
  });
});

it.each([
  ['oneTime', 'one_time'],
  ['one_time', 'one_time'],
  ['OneTime', 'one_time'],
  ['onetime', 'one_time'],
  ['One Time', 'one_time'],
  ['Triennial', 'triennial'],
  ['fortnightly', 'fortnightly'],
])('the billing cycle %s is %s', async (written, cycle) => {
  expect((await order({ billingCycle: written })).billingCycle).toBe(cycle);
});

describe('an id of an order', () => {
  it.each<[string | number, string]>([
    ['ImxjLNL4_fOc-2KoyOxGTZcrlIquzls11', 'long'],
    ['94e858b6d855', 'short'],
    ['31BFDE4A-EFCA-49B2-B210-62973FB773DB', 'a GUID'],
    ['123456789101', 'decimal digits'],
    [12_345_678_901, 'a number'],
  ])('%s (%s) is read in the form of a subscription', async (orderId) => {
    expect((await subscription({ orderId })).orderId).toBe(String(orderId));
  });

  it('may be missing, null or blank', async () => {
    for (const fields of [{}, { orderId: null }, { orderId: ' ' }]) {
      expect(await subscription(fields)).not.toHaveProperty('orderId');
    }
  });
});

describe('an entitlement', () => {
  const referenceOrder = { id: 'o', lineItemId: '1' };

  it('names its line in text or by number, and its other id where it has one', async () => {
    expect(await entitlements({ referenceOrder })).toMatchObject([{ lineItemNumber: 1 }]);
    expect(
      await entitlements({
        referenceOrder: { ...referenceOrder, lineItemId: 0, alternateId: 'a' },
      }),
    ).toMatchObject([{ lineItemNumber: 0, alternateOrderId: 'a' }]);
    const [bare] = await entitlements({ referenceOrder: { id: 'o' } });
    expect(bare).not.toHaveProperty('alternateOrderId');
    expect(bare).not.toHaveProperty('lineItemNumber');
  });

  it('whose order is named only by its other id is included', async () => {
    expect(await entitlements({ referenceOrder: { alternateId: 'a' } })).toMatchObject([
      { orderId: 'a', alternateOrderId: 'a' },
    ]);
  });

  it('has nested ones of the same order, which also count', async () => {
    const nested = { referenceOrder, productId: 'B', includedEntitlements: [{ productId: 'C' }] };
    const read = await entitlements({
      ...{ referenceOrder, productId: 'A', quantity: 0, includedEntitlements: [nested] },
    });
    expect(read.map(({ orderId, productId }) => `${orderId} ${productId}`).toSorted()).toEqual([
      'o a',
      'o b',
      'o c',
    ]);
    expect(read.find(({ productId }) => productId === 'a')?.quantity).toBe(0);
  });

  it.each([
    ['itself', { dynamicAttributes: { reservationType: 'virtualmachines' } }],
    [
      'its artifact',
      { entitledArtifacts: [{ dynamicAttributes: { reservationType: 'sqldatabases' } }] },
    ],
  ])('is read with dynamic attributes in %s', async (_where, fields) => {
    const item = { referenceOrder, entitlementType: 'ReservedInstance', ...fields };
    expect(await entitlements(item)).toMatchObject([{ orderId: 'o', type: 'reservedinstance' }]);
  });
});

it('the number of a line is read as number or text, and counted where it is missing', async () => {
  const { lines } = await order({
    lineItems: [{ lineItemNumber: '4' }, { lineItemNumber: 2 }, {}],
  });
  expect(lines.map(({ lineItemNumber }) => lineItemNumber)).toEqual([4, 2, 2]);
});

it('a customer without delegated access is read by its id alone', async () => {
  for (const more of [{}, { companyProfile: null, billingProfile: null }, { companyProfile: {} }]) {
    expect(await clientFor({ id: 'C', ...more }).getCustomer('c')).toEqual({ id: 'c' });
  }
});

describe('a date', () => {
  // Where the machine is must make no difference.
  beforeEach(() => void vi.stubEnv('TZ', 'America/New_York'));
  afterEach(() => void vi.unstubAllEnvs());

  it.each([
    ['2015-11-24T08: 00: 00Z', Date.UTC(2015, 10, 24, 8)],
    ['2018-03-06T17:37:05.253-08:00', Date.UTC(2018, 2, 7, 1, 37, 5, 253)],
    ['2018-03-06T17:37:05.253-0800', Date.UTC(2018, 2, 7, 1, 37, 5, 253)],
    ['2021-01-14T16:57:15.0966728Z', Date.UTC(2021, 0, 14, 16, 57, 15, 96)],
    ['2019-01-09T00:21:45.9263727+00:00', Date.UTC(2019, 0, 9, 0, 21, 45, 926)],
    ['2017-04-10T23:02:26.02Z', Date.UTC(2017, 3, 10, 23, 2, 26, 20)],
    ['2017-06-02T23:11:58.747', Date.UTC(2017, 5, 2, 23, 11, 58, 747)],
    ['2019-02-10T00:00:00', Date.UTC(2019, 1, 10)],
    ['2019-02-10 07:30', Date.UTC(2019, 1, 10, 7, 30)],
    ['2023-05-18TT21:22:26.7034834Z', Date.UTC(2023, 4, 18, 21, 22, 26, 703)],
    ['2019-02-10', Date.UTC(2019, 1, 10)],
    ['2019-02-10t00:00:00z', Date.UTC(2019, 1, 10)],
    ['9999-12-10T00:00:00Z', Date.UTC(9999, 11, 10)],
    ['2000-01-01', Date.UTC(2000, 0, 1)],
    ['1999-12-31T23:59:59.999Z', undefined],
    ['2019-02-10T07:30:15.123456789Z', Date.UTC(2019, 1, 10, 7, 30, 15, 123)],
    ['0001-01-01T00:00:00', undefined],
    ['x2019-02-10', undefined],
    ['2019-02-10Tx07:30', undefined],
    ['2019-02-1', undefined],
    ['2019-02', undefined],
    ['2019-13-01', undefined],
    ['2019-02-10T7', undefined],
    ['2019-02-10T00:00:00 somewhere', undefined],
    ['soon', undefined],
    [`2019-02-10${' '.repeat(50)}`, Date.UTC(2019, 1, 10)],
    [`2019-02-10${' '.repeat(51)}`, undefined],
  ])('%s is read', async (creationDate, ms) => {
    expect((await order({ creationDate })).createdMs).toBe(ms);
  });
});

describe('a subscription', () => {
  it('has its product by type and sub-type, in any letter case', async () => {
    const savingsPlan = { id: 'Azure', displayName: 'Azure', subType: { id: 'SavingsPlan' } };
    for (const [productType, read] of [
      [savingsPlan, { productType: 'azure', productSubType: 'savingsplan' }],
      [
        { ID: 'AZURE', SubType: { displayName: 'SavingsPlan' } },
        { productType: 'azure', productSubType: 'savingsplan' },
      ],
      [
        { id: 'Azure', subType: 'Azure' },
        { productType: 'azure', productSubType: 'azure' },
      ],
      [{ displayName: 'Software' }, { productType: 'software' }],
      ['SaaS', { productType: 'saas' }],
    ] as const) {
      expect(await subscription({ productType })).toMatchObject(read);
    }
    for (const productType of [undefined, null, { id: 'OnlineServicesNCE', subType: null }, 'x']) {
      expect(await subscription({ productType })).not.toHaveProperty('productSubType');
    }
  });

  it.each<readonly [string, Readonly<Record<string, unknown>>, string]>([
    ['its own field', { offerId: 'A', links: { offer: { uri: '/v1/offers/B' } } }, 'A'],
    ['its link alone', { links: { offer: { uri: '/v1/offers/B' } } }, 'B'],
    ['its link for a country', { links: { offer: { uri: '/offers/B?country=US' } } }, 'B'],
    ['a link that is none', { links: { offer: 'B' } }, ''],
    ['no link', { links: {} }, ''],
  ])('names its offer by %s', async (_what, fields, offerId) => {
    expect((await subscription({ offerId: undefined, ...fields })).offerId).toBe(offerId);
  });

  it('has all its other fields', async () => {
    expect(
      await subscription({
        offerId: 'DZH318Z09V6F:001N:DZH318Z0BV9J',
        parentSubscriptionId: 'parent',
        MigratedFromSubscriptionId: 'legacy',
        isTrial: true,
        autoRenewEnabled: 'True',
        billingType: 'Benefit',
        termDuration: 'P1M',
        creationDate: '2023-05-18T05:19:22.5478955Z',
        effectiveStartDate: '2023-05-18T05:19:21Z',
        commitmentEndDate: '2023-06-17T00:00:00Z',
        commitmentEndDateTime: '2023-06-17T23:59:59Z',
        actions: ['Edit', '', 'cancel', null],
        suspensionReasons: ['PartnerInitiated'],
      }),
    ).toMatchObject({
      offerId: 'DZH318Z09V6F:001N:DZH318Z0BV9J',
      parentSubscriptionId: 'parent',
      migratedFromSubscriptionId: 'legacy',
      isTrial: true,
      autoRenewEnabled: true,
      billingType: 'benefit',
      termDuration: 'P1M',
      createdMs: Date.UTC(2023, 4, 18, 5, 19, 22, 547),
      effectiveStartMs: Date.UTC(2023, 4, 18, 5, 19, 21),
      commitmentEndMs: Date.UTC(2023, 5, 17),
      actions: ['edit', 'cancel'],
      suspensionReasons: ['partnerinitiated'],
    });
  });

  it('is read without optional fields, or with unreadable ones', async () => {
    for (const nothing of [undefined, null, '', [], {}, 7]) {
      const said = await subscription({
        ...{ isTrial: nothing, autoRenewEnabled: nothing, refundOptions: nothing },
        ...{ termDuration: nothing, actions: nothing, suspensionReasons: nothing },
        ...{ commitmentEndDate: nothing, migratedFromSubscriptionId: nothing },
      });
      for (const name of [
        'isTrial',
        'autoRenewEnabled',
        'refundableUntilMs',
        'actions',
        'billingType',
      ]) {
        expect(said, JSON.stringify(nothing)).not.toHaveProperty(name);
      }
      expect(said).not.toHaveProperty('commitmentEndMs');
    }
  });

  it('ends its term by the later name where the earlier is missing or unreadable', async () => {
    for (const odd of ['01/05/2027', '2027-1-5', 1_799_107_200_000, '/Date(1799107200000)/']) {
      const said = await subscription({ commitmentEndDate: odd });
      expect(said).toMatchObject({ isEndUnreadable: true });
      expect(said).not.toHaveProperty('commitmentEndMs');
    }
    const commitmentEndDateTime = '2023-06-17T23:59:59Z';
    const both = await subscription({ commitmentEndDate: 'soon', commitmentEndDateTime });
    expect(both).toMatchObject({ commitmentEndMs: Date.UTC(2023, 5, 17, 23, 59, 59) });
    expect(both).not.toHaveProperty('isEndUnreadable');
    expect(await subscription({ commitmentEndDateTime })).toMatchObject({
      commitmentEndMs: Date.UTC(2023, 5, 17, 23, 59, 59),
    });
  });
});

describe("the end of a subscription's refunds", () => {
  const day = (number: number) => `2021-01-${number}T00:00:00Z`;
  const ms = (number: number) => Date.UTC(2021, 0, number);

  it.each([
    ['one option', { refundOptions: [{ type: 'Full', expiresAt: day(15) }] }, ms(15)],
    ['the other name', { refundOptions: [{ type: 'Full', expiresAfter: day(15) }] }, ms(15)],
    [
      'the latest of several',
      { refundOptions: [{ expiresAt: day(15) }, { expiresAt: day(20) }, { expiresAt: day(16) }] },
      ms(20),
    ],
    ['an option without an end', { refundOptions: [{ expiresAt: null }] }, undefined],
    [
      'one with and one without an end',
      { refundOptions: [{ expiresAt: day(15) }, { type: 'Partial' }] },
      undefined,
    ],
    ['a duration', { refundOptions: [{ expiresAfter: 'P1D' }] }, undefined],
    ['no option', { refundOptions: [] }, undefined],
    ['nothing', {}, undefined],
    ['what is no option', { refundOptions: ['soon'] }, undefined],
  ])('is read from %s', async (_name, fields, until) => {
    expect((await subscription(fields)).refundableUntilMs).toBe(until);
  });
});

it('the last date for a cancellation is read independently of the refunds', async () => {
  const dated = { CancellationAllowedUntilDate: '2021-01-12T00:00:00Z', refundOptions: ['soon'] };
  expect(await subscription(dated)).toMatchObject({
    cancellationAllowedUntilMs: Date.UTC(2021, 0, 12),
  });
});

describe('a product is recognised whatever blanks, underscores, hyphens or letter case its words have', () => {
  it.each(['SavingsPlan', 'savings_plan', 'Savings Plan', 'SAVINGS-PLAN'])('%s', async (id) => {
    const said = await subscription({ productType: { id: 'Azure', subType: { id } } });
    expect(said).toMatchObject({ productType: 'azure', productSubType: 'savingsplan' });
  });

  it('by its billing type and its entitlement type as well', async () => {
    expect(await subscription({ billingType: 'Bene-fit' })).toMatchObject({
      billingType: 'benefit',
    });
    const item = {
      referenceOrder: { id: 'o' },
      entitlementType: 'virtual_machine_reserved_instance',
    };
    expect(await entitlements(item)).toMatchObject([{ type: 'virtualmachinereservedinstance' }]);
  });
});
