import { Sandbox } from 'partner-center-sandbox/core';
import { type Meter, meteredTransport } from '../night/metered-transport.ts';
import { VirtualClock } from '../night/virtual-clock.ts';

/** What Microsoft's sample can release: each has an order of its own, which an entitlement names. */
const KINDS = ['reservation', 'perpetual-software', 'reservation'] as const;

/** How long each order's cancellation takes. */
export type Waits = readonly [number, number, number];

/** One customer with three orders, and a Partner Center that takes so long for each answer. */
export class World {
  readonly clock = new VirtualClock();
  readonly meter: Meter = { requests: 0, throttled: 0 };
  readonly sandbox = new Sandbox({ nowMs: () => this.clock.nowMs, seed: 1 });
  readonly customerId: string;
  readonly transport;
  readonly #waitMsOf = new Map<string, number>();

  constructor(waits: Waits, answerMs: number) {
    this.sandbox.changeSettings({ pageSize: 100, refuseEntitlementsToAppOnly: false });
    const purchases = KINDS.map((kind, place) => ({ kind, cancelTakesMs: waits[place] ?? 0 }));
    const added = this.sandbox.addCustomer({ domain: 'c.test.example', purchases });
    this.customerId = added.customerId;
    for (const [place, { orderIds }] of added.purchases.entries()) {
      for (const id of orderIds) this.#waitMsOf.set(id, waits[place] ?? 0);
    }
    this.transport = meteredTransport(this.sandbox, this.clock, answerMs, this.meter);
  }

  /** From when all orders were really cancelled to when the customer was deleted; undefined if it was not. */
  get overshootMs(): number | undefined {
    const { writes } = this.sandbox.state();
    const deleted = writes.find(({ kind }) => kind === 'delete-customer');
    const releasedMs = writes.map(({ atMs, id }) => atMs + (this.#waitMsOf.get(id) ?? 0));
    const cancelled = writes.filter(({ kind }) => kind === 'cancel-order').length;
    if (deleted === undefined || cancelled < KINDS.length) return undefined;
    return deleted.atMs - Math.max(...releasedMs.slice(0, cancelled));
  }

  /** The proofs of the sandbox: an instance makes one an hour, for all customers. */
  get proofs(): number {
    return this.sandbox.requests().byOperation['list-customers'] ?? 0;
  }
}
