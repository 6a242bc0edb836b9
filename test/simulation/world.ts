import type {
  PartnerCenterReader,
  PartnerCenterWriter,
} from '../../src/teardown/partner-center.ts';
import type { Order, Subscription } from '../../src/teardown/purchases.ts';
import { type Operation, PartnerCenterRefusal } from '../../src/teardown/refusal.ts';
import { CUSTOMER_ID, line, order, subscription } from '../teardown/builders.ts';

export const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';

/** How often the world misbehaves, as shares of all calls; 0 is a world where all goes well. */
export interface Chances {
  readonly refused: number;
  readonly lost: number;
}

/** One sandbox with one customer, that takes its time, refuses, and loses answers; by seed. */
export class World implements PartnerCenterReader, PartnerCenterWriter {
  readonly orders = new Map<string, { order: Order; cancelledAtMs?: number }>();
  readonly subscriptions = new Map<string, Subscription>();
  /** Writing calls that arrived, whether their answer was lost or not. */
  writes = 0;
  deletions = 0;
  gone = false;
  /** What deletion asked for while something still stood: a broken invariant of the caller's. */
  tooEarly = 0;
  /** Everything read as released since the last look began (I1). */
  freshReads: Operation[] = [];
  chances: Chances;
  readonly #random: () => number;
  readonly #nowMs: () => number;

  constructor(random: () => number, nowMs: () => number, chances: Chances) {
    this.#random = random;
    this.#nowMs = nowMs;
    this.chances = chances;
    const orders = Math.floor(random() * 4);
    for (let index = 0; index < orders; index += 1) {
      const id = `order-${index}`;
      const byOrder = random() < 0.5;
      const subscriptionId = `subscription-${index}`;
      const lines = [line(byOrder ? {} : { subscriptionId })];
      this.orders.set(id, { order: order({ id, lines, createdMs: nowMs() - 1_000 }) });
      if (!byOrder) {
        this.subscriptions.set(
          subscriptionId,
          subscription({ id: subscriptionId, orderId: id, createdMs: nowMs() - 1_000 }),
        );
      }
    }
  }

  async signedInTenant(): Promise<string> {
    return TENANT;
  }

  listCustomers() {
    return this.#call('list-customers', () => (this.gone ? [] : [{ id: CUSTOMER_ID }]));
  }

  getCustomer() {
    return this.#call(
      'get-customer',
      () => ({ id: CUSTOMER_ID, domain: 'x.onmicrosoft.com' }),
      true,
    );
  }

  listEntitlements() {
    return this.#call('list-entitlements', () => [], true);
  }

  listOrders() {
    return this.#call(
      'list-orders',
      () => [...this.orders.keys()].map((id) => this.#read(id)),
      true,
    );
  }

  listSubscriptions() {
    return this.#call('list-subscriptions', () => [...this.subscriptions.values()], true);
  }

  listAzureEntitlements() {
    return this.#call('list-azure-entitlements', () => [], true);
  }

  cancelOrder(_customerId: string, orderId: string) {
    return this.#write('cancel-order', () => {
      const entry = this.orders.get(orderId);
      if (entry !== undefined) entry.cancelledAtMs ??= this.#nowMs() + this.#random() * 20_000;
    });
  }

  endSubscription(_customerId: string, ended: Subscription, status: string) {
    return this.#write('end-subscription', () => {
      this.subscriptions.set(ended.id, { ...ended, status });
    });
  }

  cancelAzureEntitlement() {
    return this.#write('cancel-azure-entitlement', () => undefined);
  }

  deleteCustomer() {
    return this.#write('delete-customer', () => {
      const open =
        [...this.orders.keys()].some((id) => !this.#released(id)) ||
        [...this.subscriptions.values()].some(({ status }) => status !== 'deleted');
      if (open) this.tooEarly += 1;
      this.gone = true;
      this.deletions += 1;
    });
  }

  #read(id: string): Order {
    const entry = this.orders.get(id);
    if (entry === undefined) throw new Error(`There is no order ${id}.`);
    const { order: base, cancelledAtMs } = entry;
    if (cancelledAtMs === undefined) return base;
    return { ...base, status: this.#nowMs() >= cancelledAtMs ? 'cancelled' : 'pending' };
  }

  #released(id: string): boolean {
    const read = this.#read(id);
    const subscriptionId = read.lines[0]?.subscriptionId;
    return subscriptionId === undefined
      ? read.status === 'cancelled'
      : this.subscriptions.get(subscriptionId)?.status === 'deleted';
  }

  async #write(operation: Operation, apply: () => void): Promise<void> {
    await this.#call(
      operation,
      () => {
        this.writes += 1;
        apply();
      },
      true,
    );
  }

  async #call<T>(operation: Operation, answer: () => T, ofCustomer = false): Promise<T> {
    const refuse = (status: number, description: string): never => {
      throw new PartnerCenterRefusal({ operation, status, description, body: '' });
    };
    if (this.#random() < this.chances.refused) {
      refuse([429, 503, 0][Math.floor(this.#random() * 3)] ?? 503, 'injected');
    }
    if (ofCustomer && this.gone) refuse(404, 'Not found');
    const result = answer();
    this.freshReads.push(operation);
    if (this.#random() < this.chances.lost) refuse(0, 'the answer was lost');
    return result;
  }
}
