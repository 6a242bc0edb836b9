import { activateInPortal } from './azure-entitlements.ts';
import { settle } from './life-cycle.ts';
import type { Customer } from './model.ts';
import { CUSTOMER_QUOTA, SUBSCRIPTION_QUOTA } from './quotas.ts';
import type { Random } from './random.ts';
import { addPurchase, seedCustomer } from './seed-customer.ts';
import type { PurchaseIds, Seeding } from './seeding.ts';
import type { SandboxSettings } from './settings.ts';
import type { CustomerSpec, PurchaseSpec } from './spec.ts';
import type { DeletedCustomer } from './state.ts';

export interface AddedCustomer {
  readonly customerId: string;
  readonly domain: string;
  readonly purchases: readonly PurchaseIds[];
}

export interface AccountOptions {
  readonly nowMs: () => number;
  readonly random: Random;
  readonly settings: () => SandboxSettings;
}

/** The partner's customers, and its quotas. */
export class Account {
  /** By id, in the order in which they came. */
  readonly customers = new Map<string, Customer>();
  /** Oldest first. */
  readonly deleted: DeletedCustomer[] = [];
  readonly #options: AccountOptions;
  #sequence = 0;

  constructor(options: AccountOptions) {
    this.#options = options;
  }

  /** @throws Error with a sentence if a quota is reached, the id is taken, or a purchase is impossible. */
  addCustomer(spec: CustomerSpec): AddedCustomer {
    if (!this.#options.settings().production && this.customers.size >= CUSTOMER_QUOTA) {
      throw new Error(
        `The sandbox holds ${CUSTOMER_QUOTA} customers, which is its quota: delete some, or use a production account.`,
      );
    }
    const { customer, purchases } = seedCustomer(spec, this.#seeding(this.#sequence + 1));
    this.#requireSubscriptionQuota(customer);
    if (this.customers.has(customer.id)) {
      throw new Error(`There already is a customer ${customer.id}: choose another id.`);
    }
    this.#sequence += 1;
    this.customers.set(customer.id, customer);
    return { customerId: customer.id, domain: customer.domain, purchases };
  }

  /** @throws Error with a sentence if there is no such customer, its quota is reached, or the purchase is impossible. */
  addPurchase(customerId: string, spec: PurchaseSpec): PurchaseIds {
    const customer = this.customers.get(customerId.toLowerCase());
    if (customer === undefined) {
      throw new Error(`There is no customer ${customerId}: add it first.`);
    }
    const added = structuredClone(customer);
    const ids = addPurchase(added, spec, this.#seeding(customer.sequence));
    this.#requireSubscriptionQuota(added);
    this.customers.set(customer.id, added);
    return ids;
  }

  /** @throws Error with a sentence if there is no such customer, active plan or Azure subscription. */
  activateAzureSubscription(
    customerId: string,
    subscriptionId: string,
    entitlementId: string | undefined,
  ): string {
    const customer = this.customers.get(customerId.toLowerCase());
    if (customer === undefined) {
      throw new Error(`There is no customer ${customerId}: add it first.`);
    }
    settle(customer, this.#options.nowMs());
    const plan = customer.subscriptions.find(({ id }) => id === subscriptionId.toLowerCase());
    if (plan === undefined) {
      throw new Error(`The customer has no subscription ${subscriptionId}: add an Azure plan.`);
    }
    return activateInPortal(plan, entitlementId, this.#options.random.guid()).id;
  }

  #seeding(sequence: number): Seeding {
    const { nowMs, random, settings } = this.#options;
    return { nowMs: nowMs(), random, settings: settings(), sequence };
  }

  #requireSubscriptionQuota({ subscriptions }: Customer): void {
    if (this.#options.settings().production || subscriptions.length <= SUBSCRIPTION_QUOTA) return;
    throw new Error(
      `A sandbox customer has at most ${SUBSCRIPTION_QUOTA} subscriptions, this one would have ${subscriptions.length}: ask for fewer purchases or lines.`,
    );
  }
}
