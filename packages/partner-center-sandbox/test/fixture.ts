import { ManualClock } from '@sandbox-teardown/shared/clock';
import type { SandboxAnswer } from '../src/core/answer.ts';
import { Sandbox, type SandboxCoreOptions, type SandboxRequest } from '../src/core/sandbox.ts';
import type { SandboxSettings } from '../src/core/settings.ts';
import type { PurchaseSpec } from '../src/core/spec.ts';

export type Json = Record<string, unknown>;

/** A sandbox on a clock moved by hand, and short ways to call it as a signed-in person: all calls take that. */
export function createFixture(
  settings: Partial<SandboxSettings> = {},
  options: Partial<SandboxCoreOptions> = {},
) {
  const clock = new ManualClock();
  const sandbox = new Sandbox({ nowMs: () => clock.nowMs(), seed: 7, settings, ...options });
  const call = (
    method: string,
    path: string,
    body?: unknown,
    more: Partial<SandboxRequest> = {},
  ): SandboxAnswer & { json: Json } => {
    const answer = sandbox.handle({
      method,
      path,
      caller: { ...sandbox.appOnlyCaller, appOnly: false, mfa: true },
      ...(body === undefined ? {} : { body }),
      ...more,
    });
    return { ...answer, json: asJson(answer.body) };
  };
  return { clock, sandbox, call };
}

/** What makes a call one of an application by itself. */
export const byApplication = ({ sandbox }: { sandbox: Sandbox }): Partial<SandboxRequest> => ({
  caller: sandbox.appOnlyCaller,
});

export type Fixture = ReturnType<typeof createFixture>;

export function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The items of a collection. */
export function itemsOf(answer: { json: Json }): Json[] {
  const items = answer.json['items'];
  if (!Array.isArray(items)) throw new Error(`No collection: ${JSON.stringify(answer.json)}`);
  return items.map(asJson);
}

/** A customer with one purchase, and the paths that lead to it. */
export function seedOne(fixture: Fixture, purchase: PurchaseSpec) {
  const { customerId, purchases } = fixture.sandbox.addCustomer({ purchases: [purchase] });
  const [ids] = purchases;
  if (ids === undefined) throw new Error('The sandbox seeded no purchase.');
  const customer = `/v1/customers/${customerId}`;
  return {
    ids,
    customer,
    customerId,
    orderId: ids.orderIds[0] ?? '',
    order: `${customer}/orders/${ids.orderIds[0]}`,
    subscription: `${customer}/subscriptions/${ids.subscriptionIds[0]}`,
  };
}

export const cancelled = (id: string) => ({ id, status: 'cancelled' });

/** The subscription as it reads now, with another status: what a partner sends back. */
export function withStatus(fixture: Fixture, path: string, status: string): Json {
  return { ...fixture.call('GET', path).json, status };
}
