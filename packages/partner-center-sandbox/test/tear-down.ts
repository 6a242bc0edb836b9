import { asJson, type Fixture, itemsOf, type Json, withStatus } from './fixture.ts';

/** The straight way, as the articles describe it; whether it ended with the customer deleted. */
export function tearDown(fixture: Fixture, customerId: string): boolean {
  const path = `/v1/customers/${customerId}`;
  for (let round = 0; round < 200; round += 1) {
    for (const order of itemsOf(fixture.call('GET', `${path}/orders`)))
      cancel(fixture, path, order);
    for (const { id } of itemsOf(fixture.call('GET', `${path}/subscriptions`))) {
      endSubscription(fixture, `${path}/subscriptions/${id}`);
    }
    if (fixture.call('DELETE', path).status === 204) return true;
    fixture.clock.advance(30_000);
  }
  return false;
}

/** The lines that are cancelled by order: all without a subscription, and software. */
function cancel(fixture: Fixture, path: string, order: Json): void {
  if (order['status'] === 'cancelled' || !Array.isArray(order['lineItems'])) return;
  const lineItems = order['lineItems'].map(asJson).filter(({ subscriptionId: id, quantity }) => {
    const { json } = fixture.call('GET', `${path}/subscriptions/${id}`);
    const byOrder = id === undefined || asJson(json['productType'])['id'] === 'Software';
    return byOrder && quantity !== 0;
  });
  if (lineItems.length === 0) return;
  const body = { id: order['id'], status: 'cancelled', lineItems };
  fixture.call('PATCH', `${path}/orders/${order['id']}`, body);
}

/** None under what is no Azure plan, though its type may say so. */
function azureUnder(fixture: Fixture, path: string): Json[] {
  const answer = fixture.call('GET', `${path}/azureEntitlements`);
  return answer.status === 200 ? itemsOf(answer) : [];
}

const reason = { cancellationReason: 'compromise' };

function endSubscription(fixture: Fixture, path: string): void {
  const { productType } = fixture.call('GET', path).json as {
    productType?: { id: string; subType?: object };
  };
  const isPlan = productType?.id === 'Azure' && productType.subType === undefined;
  for (const { id } of isPlan ? azureUnder(fixture, path) : []) {
    fixture.call('POST', `${path}/azureEntitlements/${id}/cancel`, reason);
  }
  const suspends = productType === undefined || productType.id === 'Azure';
  const end = () =>
    fixture.call('PATCH', path, withStatus(fixture, path, suspends ? 'suspended' : 'deleted'));
  if (end().json['code'] !== '800081') return;
  fixture.call('POST', `${path}/activate`);
  end();
}
