import * as v from 'valibot';
import type { World } from './world.ts';

const entitlements = v.object({
  items: v.array(v.object({ referenceOrder: v.object({ id: v.string() }) })),
});
const order = v.looseObject({ id: v.string(), status: v.string() });
export type Order = v.InferOutput<typeof order>;

/** The calls of Microsoft's sample, without any client between. */
export class PartnerCenter {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** The orders that the customer's entitlements name. */
  async orderIds(): Promise<readonly string[]> {
    const { items } = v.parse(entitlements, await this.#ask('get', '/entitlements'));
    return items.map(({ referenceOrder }) => referenceOrder.id);
  }

  async order(id: string): Promise<Order> {
    return v.parse(order, await this.#ask('get', `/orders/${id}`));
  }

  async cancel(read: Order): Promise<void> {
    await this.#ask('patch', `/orders/${read.id}`, { ...read, status: 'cancelled' });
  }

  async deleteCustomer(): Promise<void> {
    await this.#ask('delete', '');
  }

  async #ask(method: 'get' | 'patch' | 'delete', path: string, json?: unknown): Promise<unknown> {
    const { transport, customerId } = this.#world;
    const { status, body } = await transport(
      { operation: 'list-orders', method, path: `/customers/${customerId}${path}`, json },
      {},
    );
    if (status >= 400) throw new Error(`${method} ${path} was refused: ${body}`);
    return body === '' ? undefined : JSON.parse(body);
  }
}

export function isCancelled({ status }: Order): boolean {
  return status.toLowerCase() === 'cancelled';
}
