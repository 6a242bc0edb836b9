import * as v from 'valibot';
import { expect } from 'vitest';
import type { Contract } from './contract.ts';
import { customerOf, errorOf, read } from './customer.ts';
import { getCustomer, type Question } from './requests.ts';
import type { Answer } from './sender.ts';
import { Order, Subscription } from './shapes.ts';
import { bare } from './spelling.ts';
import { patience, until } from './waiting.ts';

/** What keeps partner or customer from any transaction (article error-codes; 900416 was seen elsewhere). */
const ACCOUNT_TROUBLE: ReadonlySet<string> = new Set(
  ['800073', '800074', '800075', '900124', '800039', '900149', '900416'].map(
    (code) => `403/${code}`,
  ),
);

/** What article error-codes says of an order, or of a subscription, that cannot be ended, or not now. */
export const ORDER_ERRORS = ['400/800061', '400/900117', '400/900141', '409/800014', '409/800060'];
export const SUBSCRIPTION_ERRORS = [
  ...['400/2006', '400/800012', '400/800021', '400/800030', '400/800040', '400/800061'],
  ...['400/800081', '400/800091', '400/800096', '400/900117', '400/900213', '400/900277'],
  ...['400/900280', '400/900311', '403/900115', '409/800082', '409/900278'],
];

/** A customer that is written to, and what of it could not be ended for a documented reason. */
export function writing(contract: Contract, customerId: string) {
  const { ask, seen, time } = contract;
  const lists = customerOf(contract, customerId);
  const kept = new Set<string>();

  /** The error that an article names for this, unless the account is in trouble altogether. */
  function expectUsageError(answer: Answer, ...documented: readonly string[]): void {
    const error = errorOf(answer);
    if (ACCOUNT_TROUBLE.has(error)) seen.note('any write', error);
    else expect(documented).toContain(error);
  }

  /** Whether a write was taken; if not, for a documented reason, and what it was for is kept. */
  function isTaken(what: string, answer: Answer, documented: readonly string[]): boolean {
    if (answer.status === 200 || answer.status === 202) return true;
    expectUsageError(answer, ...documented);
    seen.note(what, errorOf(answer));
    kept.add(what);
    return false;
  }

  /** Asked again, some minutes later, where 409 says that something else is under way. */
  const unlessConflict = (asking: () => Promise<Answer>) =>
    until(time, patience.conflict, asking, ({ status }) => status !== 409);

  async function listed(id: string): Promise<Subscription> {
    const found = (await lists.subscriptions()).find((one) => one.id === id);
    return found ?? expect.unreachable(`Subscription ${id} is listed no more.`);
  }

  /**
   * Changes a subscription by what was listed just before, and waits until it reads so: where 202 has a `Location`, there
   * first (article update-a-subscription-by-id).
   */
  async function change(
    what: string,
    id: string,
    question: (resource: Subscription) => Question,
    isDone: (now: Subscription) => boolean,
  ): Promise<boolean> {
    const answer = await unlessConflict(async () => ask(question(await listed(id))));
    if (!isTaken(what, answer, SUBSCRIPTION_ERRORS)) return false;
    seen.note('PATCH subscription', answer.status);
    if (answer.status === 200) {
      const { status } = parse(v.looseObject({ status: v.string() }), answer);
      seen.note('PATCH subscription answered with 200 reads', bare(status));
    }
    const one: Question = { method: 'GET', path: locationOf(answer, id) };
    const asRead = await until(
      time,
      patience.purchase,
      () => read(contract, one, Subscription),
      isDone,
    );
    const asListed = await until(time, patience.purchase, () => listed(id), isDone);
    expect([what, isDone(asRead), isDone(asListed)]).toEqual([what, true, true]);
    return true;
  }

  /** Nothing is sent to another place than the subscription's own. */
  function locationOf({ status, headers }: Answer, id: string): string {
    const own = `${getCustomer(customerId).path}/subscriptions/${id}`;
    if (status !== 202) return own;
    const location = headers.get('Location') ?? '';
    const { pathname } = new URL(location, 'https://nowhere.invalid');
    const path = `/v1${pathname.replace(/^\/v1(?=\/)/i, '')}`;
    const isOwn = path.toLowerCase() === own.toLowerCase();
    seen.note('Location of 202', isOwn ? 'the subscription' : location || 'absent');
    return isOwn ? path : own;
  }

  /** Cancels an order, or lines of it, and waits until the list of orders says so. */
  async function cancel(
    what: string,
    id: string,
    question: Question,
    isDone: (now: Order) => boolean,
  ): Promise<boolean> {
    const answer = await unlessConflict(() => ask(question));
    if (!isTaken(what, answer, ORDER_ERRORS)) return false;
    // 202 is documented of subscriptions alone, and without a body.
    const status = answer.status === 202 ? 'pending' : bare(parse(Order, answer).status);
    expect(['pending', 'cancelled', 'completed']).toContain(status);
    const isWhole = question.body?.includes('lineItems') === false;
    if (isWhole) seen.note('cancellingOrderReads', status);
    if (isWhole && status !== 'cancelled') {
      const again = await ask(question);
      seen.note('repeatedCancel', again.status === 200 ? 200 : errorOf(again));
    }
    const listedNow = async () =>
      (await lists.orders()).find((order) => order.id === id) ??
      expect.unreachable(`${id} is gone.`);
    const now = await until(time, patience.purchase, listedNow, isDone);
    expect([what, now.status, isDone(now)]).toEqual([what, now.status, true]);
    return true;
  }

  return { ...lists, kept, expectUsageError, isTaken, change, cancel };
}

export type Writing = ReturnType<typeof writing>;

/** The body of an answer that must have this shape. */
export function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  { json }: Answer,
): v.InferInput<Schema> {
  v.assert(schema, json);
  return json;
}
