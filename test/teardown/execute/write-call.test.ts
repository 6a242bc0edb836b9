import { describe, expect, it } from 'vitest';
import { write, writeOnce } from '../../../src/teardown/execute/write-call.ts';
import type { Inventory } from '../../../src/teardown/inventory/inventory.ts';
import type { Call } from '../../../src/teardown/model/call.ts';
import type {
  PartnerCenterWriter,
  WriteResult,
} from '../../../src/teardown/model/partner-center.ts';
import { PartnerCenterError } from '../../../src/teardown/model/partner-center-error.ts';
import type { Subscription } from '../../../src/teardown/model/purchases.ts';
import { entitlement, inventory, line, NOW_MS, order, subscription } from '../builders.ts';

/** What a call is answered with: it is taken, or it is refused with a status and a code. */
type Answers = Readonly<Record<string, WriteResult | readonly [status: number, code: string]>>;

function writing(world: Partial<Inventory>, answers: Answers) {
  const writes: string[] = [];
  const answer = async (operation: Call['kind'], what: string): Promise<WriteResult> => {
    writes.push(what);
    const said = answers[what] ?? 'done';
    if (typeof said === 'string') return said;
    const [status, code] = said;
    throw new PartnerCenterError({ operation, status, code, description: 'No.', body: '' });
  };
  const writer: PartnerCenterWriter = {
    cancelOrder: (_customer, id) => answer('cancel-order', `cancel ${id}`),
    endSubscription: (_customer, { id }, status) => answer('end-subscription', `${status} ${id}`),
    turnOffAutoRenew: (_customer, { id }) => answer('turn-off-auto-renew', `no renewal of ${id}`),
    activateSubscription: (_customer, { id }) => answer('activate-subscription', `activate ${id}`),
    cancelAzureEntitlement: (_customer, { id }) =>
      answer('cancel-azure-entitlement', `cancel ${id}`),
    deleteCustomer: () => answer('delete-customer', 'delete'),
  };
  const context = { accepted: () => undefined, written: () => undefined };
  const log = () => undefined;
  return {
    writes,
    with: {
      writer,
      inventory: inventory(world),
      log,
      context,
      made: new Set<Subscription>(),
      nowMs: NOW_MS,
      isDue: () => true,
    },
  };
}

const cancelOrder: Call = { kind: 'cancel-order', orderId: 'order-1' };
const ended = (status: 'deleted' | 'suspended', one = subscription()): Call => ({
  kind: 'end-subscription',
  subscription: one,
  status,
});
const software = (id: string, more = {}) => subscription({ id, productType: 'software', ...more });

describe('a call', () => {
  it.each(['done', 'accepted'] as const)('is as its answer says: %s', async (taken) => {
    const { with: it } = writing({}, { 'cancel order-1': taken });
    expect(await write(it, cancelOrder)).toBe(taken);
  });

  it('is done where its purchase is being released already', async () => {
    const azure = { id: 'azure-1', planId: 'plan', status: 'active' };
    const { with: it } = writing({}, { 'cancel azure-1': [400, '900278'] });
    expect(await write(it, { kind: 'cancel-azure-entitlement', entitlement: azure })).toBe('done');
  });

  it('that suspends is done where the subscription is suspended already', async () => {
    const { with: it } = writing({}, { 'suspended subscription-1': [400, '800091'] });
    expect(await write(it, ended('suspended'))).toBe('done');
  });
});

describe('an order whose subscriptions are ended in its place', () => {
  const refused = { 'cancel order-1': [400, '800063'] } as const;
  const world = {
    orders: [order({ lines: [] })],
    subscriptions: [software('a'), software('b')],
  };

  it.each<readonly [WriteResult, WriteResult, WriteResult]>([
    ['done', 'done', 'done'],
    ['accepted', 'done', 'accepted'],
    ['done', 'accepted', 'accepted'],
  ])('of which one is %s and one is %s is %s', async (a, b, taken) => {
    const { with: it, writes } = writing(world, { ...refused, 'deleted a': a, 'deleted b': b });
    expect(await write(it, cancelOrder)).toBe(taken);
    expect(writes).toEqual(['cancel order-1', 'deleted a', 'deleted b']);
  });

  it('ends the subscriptions that name it where it is not listed itself, and no others', async () => {
    const { with: it, writes } = writing(
      {
        subscriptions: [software('a'), software('other', { orderId: 'order-2' })],
        entitlements: [entitlement({ orderId: 'order-3' })],
      },
      refused,
    );
    expect(await write(it, cancelOrder)).toBe('done');
    expect(writes).toEqual(['cancel order-1', 'deleted a']);
  });
});

describe('an order of software that cannot be cancelled', () => {
  const world = {
    orders: [order({ lines: [line({ subscriptionId: 'a' })] })],
    subscriptions: [software('a'), subscription({ id: 'other', orderId: 'order-2' })],
  };

  it('has its subscription ended where it is too late for the order, whatever else is held', async () => {
    const { with: it, writes } = writing(world, { 'cancel order-1': [400, '900117'] });
    expect(await write(it, cancelOrder)).toBe('done');
    expect(writes).toEqual(['cancel order-1', 'deleted a']);
  });

  it('has nothing else tried where it is refused for good for another reason', async () => {
    const { with: it, writes } = writing(world, { 'cancel order-1': [403, '800019'] });
    await expect(write(it, cancelOrder)).rejects.toThrow('800019');
    expect(writes).toEqual(['cancel order-1']);
  });

  it('has a subscription that it is too late for ended once', async () => {
    const { with: it, writes } = writing(world, { 'deleted a': [400, '900117'] });
    await expect(write(it, ended('deleted', world.subscriptions[0]))).rejects.toThrow('900117');
    expect(writes).toEqual(['deleted a']);
  });
});

it('a subscription that was activated and still stands is ended by way of its order', async () => {
  const saas = subscription({ id: 'saas', productType: 'saas' });
  const { with: it, writes } = writing(
    { orders: [order({ lines: [] })], subscriptions: [saas] },
    { 'deleted saas': [400, '800081'], 'cancel order-1': [400, '800063'] },
  );
  await expect(write(it, ended('deleted', saas))).rejects.toThrow('800081');
  await expect(write(it, cancelOrder)).rejects.toThrow('800081');
  const ends = ['deleted saas', 'activate saas', 'deleted saas'];
  expect(writes).toEqual([...ends, 'cancel order-1', 'deleted saas']);
});

describe('a licence that may be ended by its order instead', () => {
  const licence = subscription({ id: 'licence', productType: '', offerId: 'MS-AZR-0145P' });
  const beside = subscription({ id: 'beside', orderId: 'order-2' });
  const world = {
    orders: [
      order({ lines: [line({ subscriptionId: 'licence' })] }),
      order({ id: 'order-2', lines: [line({ subscriptionId: 'beside' })] }),
    ],
    subscriptions: [licence, beside],
  };

  it("has no other purchase's order cancelled", async () => {
    const { with: it, writes } = writing(world, { 'suspended licence': [403, '900263'] });
    expect(await write(it, ended('suspended', licence))).toBe('done');
    expect(writes).toEqual(['suspended licence', 'cancel order-1']);
  });

  it('keeps its order where it is refused for another reason', async () => {
    const { with: it, writes } = writing(world, { 'suspended licence': [409, '800060'] });
    await expect(write(it, ended('suspended', licence))).rejects.toThrow('800060');
    expect(writes).toEqual(['suspended licence']);
  });

  it('keeps its order where it was to be deleted, which its order cannot do', async () => {
    const { with: it, writes } = writing(world, { 'deleted beside': [403, '900263'] });
    await expect(write(it, ended('deleted', beside))).rejects.toThrow('900263');
    expect(writes).toEqual(['deleted beside']);
  });
});

describe('an error', () => {
  const world = (status: string) => ({ orders: [order({ status }), order({ id: 'order-2' })] });

  it.each([
    ['says that its order is under review', 'pending_review', true],
    ['does not say so of an order that is not', 'completed', undefined],
  ])('%s', async (_what, status, isUnderReview) => {
    const { with: it } = writing(world(status), { 'cancel order-1': [400, '800040'] });
    const { response } = await errorOf(writeOnce(it, cancelOrder));
    expect(response.isUnderReview).toBe(isUnderReview);
  });

  it('to delete the customer says of no purchase that it is under review', async () => {
    const { orderId: _none, ...alone } = subscription();
    const held = { ...world('pending_review'), subscriptions: [alone] };
    const { with: it } = writing(held, { delete: [400, '99999'] });
    const { response } = await errorOf(writeOnce(it, { kind: 'delete-customer' }));
    expect(response).toMatchObject({ orderIds: [], ages: [], hints: [] });
    expect(response).not.toHaveProperty('isUnderReview');
  });
});

async function errorOf(call: Promise<unknown>): Promise<PartnerCenterError> {
  const error: unknown = await call.catch((each: unknown) => each);
  if (error instanceof PartnerCenterError) return error;
  throw new Error('It was not refused.');
}
