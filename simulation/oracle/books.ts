import type { Invocation } from '../invocation.ts';
import type { RequestPlan } from '../scenario.ts';
import { CHECKS, deadOf, REQUESTS, type World } from '../world.ts';
import type { Bought, Circumstances } from './ends.ts';
import { teardownOf } from './names.ts';

const MOST_MESSAGES = 250;

/** What the oracle keeps of each teardown, by the MessageId that asked for it. */
export class Books {
  readonly plans = new Map<string, RequestPlan>();
  readonly wrote = new Set<string>();
  readonly sentDelete = new Set<string>();
  readonly firstSeenMs = new Map<string, number>();
  /** Customers that somebody or something else deleted, or bought for. */
  readonly goneOtherwise = new Set<number>();
  readonly bought: Bought[] = [];
  /** Azure subscriptions that somebody made active again, and customers with such or new ones. */
  readonly activated = new Set<string>();
  readonly hasActivated = new Set<number>();
  /** Customers of whom something was released before what is judged now. */
  readonly changed = new Set<number>();
  /** Writes of others and of before, of those that the sandbox remembers. */
  writesOfOthers = 0;
  readonly #world: World;
  readonly #died = new Set<string>();
  /** Their customer was protected when their first look began. */
  readonly #protectedAtFirst = new Set<string>();
  /** They were asked for when their customer was gone. */
  readonly #goneBefore = new Set<string>();
  readonly #protectedThen = new WeakMap<Invocation, ReadonlySet<number>>();
  readonly #emptiedThen = new WeakSet<Invocation>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Opens new books, with one request that comes anew. */
  startAnew(plan: RequestPlan): void {
    const { customer = -1 } = plan;
    if (this.wrote.size > 0) this.changed.add(customer);
    for (const kept of [this.plans, this.firstSeenMs]) kept.clear();
    for (const kept of [this.wrote, this.sentDelete, this.#died, this.#protectedAtFirst]) {
      kept.clear();
    }
    this.plans.set(plan.messageId, plan);
    if (!this.isThere(plan)) this.#goneBefore.add(plan.messageId);
  }

  began(invocation: Invocation): void {
    const { teardownId } = invocation;
    const { protectedCustomers, sweepIsEmptied, time } = this.#world;
    if (sweepIsEmptied) this.#emptiedThen.add(invocation);
    this.#protectedThen.set(invocation, protectedCustomers);
    if (this.firstSeenMs.has(teardownId)) return;
    this.firstSeenMs.set(teardownId, time.nowMs);
    const { customer = -1 } = this.plans.get(teardownId) ?? {};
    if (protectedCustomers.has(customer)) this.#protectedAtFirst.add(teardownId);
  }

  sawDeadLetters(): void {
    for (const path of [deadOf(REQUESTS), deadOf(CHECKS)]) {
      for (const { content } of this.#world.bus.peek(path, 0, MOST_MESSAGES)) {
        this.#died.add(teardownOf(content.messageId));
      }
    }
  }

  /** Who was protected when an invocation began. */
  protectedThen(invocation: Invocation): ReadonlySet<number> {
    return this.#protectedThen.get(invocation) ?? this.#world.protectedCustomers;
  }

  /** The sweep had no rules any more when an invocation began. */
  sweepWasEmptied(invocation: Invocation): boolean {
    return this.#emptiedThen.has(invocation);
  }

  isThere({ customer }: RequestPlan): boolean {
    const known = this.#world.customers[customer ?? -1];
    return this.#world.sandbox.state().customers.some(({ id }) => id === known?.id);
  }

  circumstances({ messageId, customer = -1, reviewOf }: RequestPlan): Circumstances {
    const others = [...this.plans.values()].filter(
      (plan) => plan.customer === customer && plan.messageId !== messageId && !plan.reviewOf,
    );
    const isProtected = this.#world.protectedCustomers.has(customer);
    const since = this.#protectedAtFirst.has(messageId) ? 'from the first look' : 'later';
    return {
      died: this.#died.has(messageId),
      goneOtherwise:
        reviewOf === undefined && (this.goneOtherwise.has(customer) || others.length > 0),
      hasActivated: this.hasActivated.has(customer),
      isChanged: this.changed.has(customer),
      startedMs: this.firstSeenMs.get(messageId) ?? this.#world.time.nowMs,
      bought: this.bought.filter((each) => each.customer === customer),
      goneBefore: this.#goneBefore.has(messageId),
      protection: isProtected ? since : 'none',
    };
  }
}
