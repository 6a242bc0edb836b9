import { cancelled, itemsOf, type Stage, withStatus } from './stage.ts';

/** The straight way, as the articles describe it; whether it ended with the customer deleted. */
export function tearDown(stage: Stage, customerId: string): boolean {
  const path = `/v1/customers/${customerId}`;
  for (let round = 0; round < 200; round += 1) {
    for (const { id, status } of itemsOf(stage.call('GET', `${path}/orders`))) {
      if (status !== 'cancelled')
        stage.call('PATCH', `${path}/orders/${id}`, cancelled(String(id)));
    }
    for (const { id } of itemsOf(stage.call('GET', `${path}/subscriptions`))) {
      endSubscription(stage, `${path}/subscriptions/${id}`);
    }
    if (stage.call('DELETE', path).status === 204) return true;
    stage.clock.advance(30_000);
  }
  return false;
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
