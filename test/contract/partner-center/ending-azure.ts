import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { Contract } from './contract.ts';
import { errorOf } from './customer.ts';
import { isAzurePlan } from './products.ts';
import { cancelAzureSubscription, endSubscription, listEntitlements } from './requests.ts';
import { collectionOf, Entitlement, type Subscription } from './shapes.ts';
import { bare } from './spelling.ts';
import { patience, until } from './waiting.ts';
import { parse, type Writing } from './writing.ts';

/** Errors of cancelling one that an earlier call has cancelled. */
const CANCELLED_BEFORE = ['400/800012', '409/900278'];

/** First the Azure subscriptions; the plans when everything else has ended (article create-azure-plan). */
export function endingAzure(
  { ask, seen, time }: Contract,
  customer: Writing,
  what: 'Azure subscriptions' | 'Azure plans',
): void {
  const { id, kept } = customer;
  const isActive = ({ status }: { status: string }) => bare(status) === 'active';
  /** `disabled` by spending is not final (article test-and-debug). */
  const plans = async () =>
    (await customer.subscriptions()).filter(
      (one) => isAzurePlan(one) && ['active', 'disabled'].includes(bare(one.status)),
    );
  const activeUnder = async (plan: Subscription) =>
    (await customer.azureSubscriptions(plan.id)).filter(isActive);

  if (what === 'Azure plans') {
    test('an Azure plan is suspended once the list shows nothing active under it', async () => {
      for (const plan of await plans()) {
        if ((await activeUnder(plan)).length > 0) kept.add('an Azure plan with something active');
        else await suspend(plan.id);
      }
    });
    return;
  }

  test('an Azure subscription still reads active when it is cancelled, and inactive after a while', async () => {
    for (const plan of await plans()) {
      const cancelled: string[] = [];
      for (const azure of await activeUnder(plan)) {
        if (await cancelOne(plan.id, azure.id)) cancelled.push(azure.id);
      }
      await allEnd(plan, cancelled);
    }
  });

  /** Whether it was taken, or had been before. */
  async function cancelOne(planId: string, azureId: string): Promise<boolean> {
    const question = cancelAzureSubscription(id, planId, azureId);
    const answer = await ask(question);
    if (answer.status >= 400) {
      if (CANCELLED_BEFORE.includes(errorOf(answer))) return true;
      return customer.isTaken('cancelling an Azure subscription', answer, []);
    }
    expect([200, 202]).toContain(answer.status);
    seen.note('azureCancelStatus', answer.status);
    expect(bare(parse(v.looseObject({ status: v.string() }), answer).status)).toBe('active');
    const again = await ask(question);
    seen.note('repeatedAzureCancel', again.status < 400 ? 'accepted' : errorOf(again));
    return true;
  }

  /** Which orders are reservations only the entitlements tell. */
  test('an Azure plan is not suspended over a reservation', async () => {
    const answer = await ask(listEntitlements(id));
    if (answer.status !== 200) return;
    const { items } = parse(collectionOf(Entitlement), answer);
    const isReserved = (one: (typeof items)[number]) =>
      bare(one.entitlementType) === 'reservedinstance' && one.quantity > 0;
    const [plan] = (await plans()).filter(isActive);
    if (plan === undefined || !items.some(isReserved)) return;
    const suspending = await ask(endSubscription(id, plan, 'suspended'));
    // The article says that it cannot be; that 900115 is the answer is INFERRED.
    const refused = suspending.status >= 400 ? errorOf(suspending) : suspending.status;
    seen.note('suspending an Azure plan over a reservation', refused);
  });

  async function allEnd(plan: Subscription, cancelled: readonly string[]) {
    const now = await until(
      time,
      patience.azureSubscription,
      async () =>
        (await customer.azureSubscriptions(plan.id)).filter((azure) =>
          cancelled.includes(azure.id),
        ),
      (all) => !all.some(isActive),
    );
    expect(now.filter(isActive)).toEqual([]);
    for (const { status } of now) seen.note('cancelledAzureReads', bare(status));
  }

  /** What was just cancelled may count a little longer than the list shows it. */
  async function suspend(planId: string): Promise<void> {
    const listed = async () =>
      (await customer.subscriptions()).find((one) => one.id === planId) ?? expect.unreachable();
    const resting = await until(
      time,
      patience.purchase,
      async () => ask(endSubscription(id, await listed(), 'suspended')),
      (answer) => answer.status < 400 || errorOf(answer) !== '403/900115',
    );
    if (
      resting.status >= 400 &&
      !customer.isTaken('suspending an Azure plan', resting, REPEATED_ERRORS)
    ) {
      return;
    }
    const isDone = ({ status }: Subscription) => bare(status) === 'suspended';
    expect(isDone(await until(time, patience.purchase, listed, isDone))).toBe(true);
  }
}

const REPEATED_ERRORS = ['400/800096', '403/900115', '409/800082', '409/900278'];
