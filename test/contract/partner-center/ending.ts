import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Contract } from './contract.ts';
import { errorOf } from './customer.ts';
import { deleting } from './deleting.ts';
import { endingAzure } from './ending-azure.ts';
import {
  isCancelledByOrder,
  isDeleted,
  isLegacy,
  isSaas,
  isSavingsPlan,
  kindOf,
} from './products.ts';
import {
  activateSubscription,
  cancelLines,
  cancelOrder,
  endSubscription,
  listEntitlements,
  patchSubscription,
  turnOffAutoRenew,
} from './requests.ts';
import { collectionOf, Entitlement, type Order, type Subscription } from './shapes.ts';
import { bare } from './spelling.ts';
import { patience, until } from './waiting.ts';
import type { Writing } from './writing.ts';

const OVER: ReadonlySet<string> = new Set(['cancelled', 'poreviewrejected']);

/** Everything that one customer has is ended, and the customer deleted, in the order that the articles ask for. */
export function ending(contract: Contract, customer: Writing): void {
  const { ask, seen, time } = contract;
  const { id, kept, change, cancel } = customer;

  const active = async (isKind: (one: Subscription) => boolean) =>
    (await customer.subscriptions()).filter((one) => bare(one.status) === 'active' && isKind(one));
  const isEndable = (one: Subscription) => one.isTrial !== true && !isSavingsPlan(one);

  async function cancellable(): Promise<readonly Order[]> {
    const subscriptions = await customer.subscriptions();
    return (await customer.orders()).filter(
      (order) => !OVER.has(bare(order.status)) && isCancelledByOrder(order, subscriptions),
    );
  }

  describe('ending everything:', () => {
    test('new purchases are listed, and pending ones have ended, after a while', async () => {
      const lists = async () => {
        const [orders, subscriptions] = [await customer.orders(), await customer.subscriptions()];
        return { orders, subscriptions, all: [...orders, ...subscriptions] };
      };
      const { all, subscriptions } = await until(
        time,
        patience.purchase,
        lists,
        (seen) => seen.all.length > 0 && seen.all.every(({ status }) => bare(status) !== 'pending'),
      );
      if (all.some(({ status }) => bare(status) === 'pending')) kept.add('still pending');
      for (const one of subscriptions) {
        // A migration to new commerce takes up to 72 hours (article migrate-subscriptions-to-new-commerce).
        if (isLegacy(one) && bare(one.status) === 'suspended') kept.add('suspended before');
        if (!isEndable(one)) kept.add('a trial or a savings plan');
      }
    });

    test('auto-renew is turned off', async () => {
      for (const one of await active((each) => each.autoRenewEnabled === true && isDeleted(each))) {
        await change(
          'turning off auto-renew',
          one.id,
          (resource) => turnOffAutoRenew(id, resource),
          ({ autoRenewEnabled }) => autoRenewEnabled === false,
        );
      }
      // That is no reason why a customer could not be deleted.
      kept.delete('turning off auto-renew');
    });

    test('marketplace SaaS is activated, or was active before', async () => {
      for (const one of await active((each) => isSaas(each) && isEndable(each))) {
        const answer = await ask(activateSubscription(id, one.id));
        if (answer.status < 400) {
          const shape = v.looseObject({ subscriptionId: v.string(), status: v.string() });
          v.assert(shape, answer.json);
          expect(answer.json.subscriptionId).toBe(one.id);
        }
        seen.note('activating', answer.status < 400 ? answer.status : errorOf(answer));
      }
    });

    endingAzure(contract, customer, 'Azure subscriptions');

    test('single lines of an order are cancelled, and the others stay', async () => {
      const several = (await cancellable()).find(
        ({ status, lineItems }) =>
          bare(status) === 'completed' &&
          lineItems.filter(({ quantity }) => quantity > 0).length > 1,
      );
      const [first] = several?.lineItems ?? [];
      if (several === undefined || first === undefined) return;
      const number = first.lineItemNumber;
      await cancel(
        'cancelling a line',
        several.id,
        cancelLines(id, several.id, [{ lineItemNumber: number, offerId: first.offerId }]),
        ({ status, lineItems }) =>
          bare(status) === 'completed' &&
          lineItems.every(
            ({ lineItemNumber, quantity }) => (quantity === 0) === (lineItemNumber === number),
          ),
      );
    });

    test('orders of reservations and software are cancelled', async () => {
      const cancelled: string[] = [];
      for (const order of await cancellable()) {
        const question = cancelOrder(id, order.id);
        const isDone = ({ status }: Order) => bare(status) === 'cancelled';
        if (
          await cancel(
            `cancelling an order that reads ${bare(order.status)}`,
            order.id,
            question,
            isDone,
          )
        )
          cancelled.push(order.id);
      }
      const answer = await ask(listEntitlements(id));
      if (answer.status !== 200 || cancelled.length === 0) return;
      v.assert(collectionOf(Entitlement), answer.json);
      const left = answer.json.items.filter(({ referenceOrder }) =>
        cancelled.includes(referenceOrder.id),
      );
      expect(left.filter(({ quantity }) => quantity > 0)).toEqual([]);
      seen.note('cancelledEntitlements', left.length > 0 ? 'stay' : 'vanish');
    });

    test('a cancelled order stays cancelled when it is cancelled again', async () => {
      const isCancelled = ({ status }: Order) => bare(status) === 'cancelled';
      const done = (await customer.orders()).find(isCancelled);
      if (done === undefined) return;
      const again = await ask(cancelOrder(id, done.id));
      seen.note('cancelling a cancelled order', again.status === 200 ? 200 : errorOf(again));
      const after = (await customer.orders()).find((order) => order.id === done.id);
      expect(after === undefined || isCancelled(after)).toBe(true);
    });

    test('a licence is suspended, and resumed by its etag in the body alone', async () => {
      const [licence] = await active(isLegacy);
      if (licence === undefined) return;
      const reads = (status: string) => (now: Subscription) => bare(now.status) === status;
      const suspend = (resource: Subscription) => endSubscription(id, resource, 'suspended');
      if (!(await change('suspending a licence', licence.id, suspend, reads('suspended')))) return;
      const suspended = (await customer.subscriptions()).find((one) => one.id === licence.id);
      if (suspended === undefined) return;
      const update = await ask(patchSubscription(id, suspended, { friendlyName: 'suspended' }));
      seen.note('suspendedUpdates', update.status < 400 ? update.status : errorOf(update));
      const resume = (resource: Subscription) => ({
        ...patchSubscription(id, resource, { status: 'active' }),
        headers: { 'content-type': 'application/json' },
      });
      await change('resuming a licence', licence.id, resume, reads('active'));
    });

    test('subscriptions are deleted, and licences suspended; add-ons first', async () => {
      const open = (await customer.subscriptions()).filter(
        (one) => isEndable(one) && (isDeleted(one) || isLegacy(one)),
      );
      const isAddOn = (one: Subscription) =>
        Number(typeof one['parentSubscriptionId'] === 'string');
      for (const one of open.sort((a, b) => isAddOn(b) - isAddOn(a))) await end(one.id);
    });

    async function end(subscriptionId: string): Promise<void> {
      const now = (await customer.subscriptions()).find((each) => each.id === subscriptionId);
      if (now === undefined || !isOpen(now)) return;
      const status = isDeleted(now) ? 'deleted' : 'suspended';
      await change(
        `ending ${kindOf(now)}`,
        subscriptionId,
        (resource) => endSubscription(id, resource, status),
        (read) => bare(read.status) === status,
      );
    }

    endingAzure(contract, customer, 'Azure plans');

    deleting(contract, customer);
  });
}

/** Suspended new commerce is not released (article subscription-lifecycle): it is deleted too. */
const isOpen = (one: Subscription) =>
  bare(one.status) === 'active' || (isDeleted(one) && bare(one.status) === 'suspended');
