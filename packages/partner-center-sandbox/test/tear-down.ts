import { asJson, itemsOf, type Json, type Stage, withStatus } from './stage.ts';

/** The straight way, as the articles describe it; whether it ended with the customer deleted. */
export function tearDown(stage: Stage, customerId: string): boolean {
  const path = `/v1/customers/${customerId}`;
  for (let round = 0; round < 200; round += 1) {
    for (const order of itemsOf(stage.call('GET', `${path}/orders`))) cancel(stage, path, order);
    for (const { id } of itemsOf(stage.call('GET', `${path}/subscriptions`))) {
      endSubscription(stage, `${path}/subscriptions/${id}`);
    }
    if (stage.call('DELETE', path).status === 204) return true;
    stage.clock.advance(30_000);
  }
  return false;
}

/** The lines that are cancelled by order: all without a subscription, and software. */
function cancel(stage: Stage, path: string, order: Json): void {
  if (order['status'] === 'cancelled' || !Array.isArray(order['lineItems'])) return;
  const lineItems = order['lineItems'].map(asJson).filter(({ subscriptionId: id, quantity }) => {
    const { json } = stage.call('GET', `${path}/subscriptions/${id}`);
    const byOrder = id === undefined || asJson(json['productType'])['id'] === 'Software';
    return byOrder && quantity !== 0;
  });
  if (lineItems.length === 0) return;
  const body = { id: order['id'], status: 'cancelled', lineItems };
  stage.call('PATCH', `${path}/orders/${order['id']}`, body);
}

const reason = { cancellationReason: 'compromise' };

function endSubscription(stage: Stage, path: string): void {
  const { productType } = stage.call('GET', path).json as {
    productType?: { id: string; subType?: object };
  };
  const isPlan = productType?.id === 'Azure' && productType.subType === undefined;
  for (const { id } of isPlan ? itemsOf(stage.call('GET', `${path}/azureEntitlements`)) : []) {
    stage.call('POST', `${path}/azureEntitlements/${id}/cancel`, reason);
  }
  const suspends = productType === undefined || productType.id === 'Azure';
  const end = () =>
    stage.call('PATCH', path, withStatus(stage, path, suspends ? 'suspended' : 'deleted'));
  if (end().json['code'] !== '800081') return;
  stage.call('POST', `${path}/activate`);
  end();
}
