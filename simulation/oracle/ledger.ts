import type { TeardownMode } from '../../src/teardown/model/mode.ts';
import type { Invocation } from '../invocation.ts';
import type { RequestPlan } from '../scenario.ts';
import { CHECKS, deadOf, REQUESTS } from '../service-bus.ts';
import type { World } from '../world.ts';
import { type AsRead, CHECK_MS, isShielded, readNow } from './as-read.ts';
import { Checks } from './checks.ts';
import type { Bought, Conditions } from './expected-outcomes.ts';
import { teardownOf } from './names.ts';
import { Strangers } from './strangers.ts';

const MAX_MESSAGES = 250;

/** What the oracle keeps of each teardown, by the MessageId that asked for it. */
export class Ledger {
  readonly plans = new Map<string, RequestPlan>();
  readonly wrote = new Set<string>();
  readonly sentDelete = new Set<string>();
  readonly firstSeenMs = new Map<string, number>();
  /** Customers that someone or something else deleted, or bought for. */
  readonly goneOtherwise = new Set<number>();
  readonly bought: Bought[] = [];
  /** Azure subscriptions that someone made active again, and customers with these or new ones. */
  readonly activated = new Set<string>();
  readonly hasActivated = new Set<number>();
  /** Customers with a purchase that an earlier teardown released. */
  readonly changed = new Set<number>();
  /** The writes in the sandbox that are not of the teardowns judged now. */
  writesOfOthers = 0;
  readonly strangers = new Strangers();
  readonly #world: World;
  readonly #died = new Set<string>();
  readonly #checks = new Checks();
  /** Teardowns whose customer was gone when the request came. */
  readonly #goneBefore = new Set<string>();
  readonly #asRead = new WeakMap<Invocation, AsRead>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Starts an empty ledger for a request that comes again. */
  startAnew(plan: RequestPlan): void {
    const { customer = -1 } = plan;
    if (this.wrote.size > 0) this.changed.add(customer);
    for (const kept of [this.plans, this.firstSeenMs]) kept.clear();
    for (const kept of [this.wrote, this.sentDelete, this.#died, this.strangers, this.#checks]) {
      kept.clear();
    }
    this.plans.set(plan.messageId, plan);
    if (!this.isThere(plan)) this.#goneBefore.add(plan.messageId);
  }

  began(invocation: Invocation): void {
    const { teardownId } = invocation;
    const read = readNow(this.#world);
    this.#asRead.set(invocation, read);
    const { customer = -1 } = this.planOf(invocation) ?? {};
    const isProtected = isShielded(this.#world, read.shields, customer);
    if (!isProtected && this.#endedByItself(customer)) {
      this.#world.met.add('protection ended by itself');
    }
    if (this.strangers.sent(invocation)) return;
    const isRequest = invocation.path === REQUESTS;
    this.#checks.began(teardownId, read.mode, isRequest, this.#protectedFor(read, customer));
    if (this.firstSeenMs.has(teardownId)) return;
    this.firstSeenMs.set(teardownId, this.#world.time.nowMs);
  }

  #protectedFor({ shields }: AsRead, customer: number): 'all' | 'part' | 'none' {
    if (!isShielded(this.#world, shields, customer)) return 'none';
    const endMs = this.#world.time.nowMs + CHECK_MS;
    return isShielded(this.#world, shields, customer, endMs) ? 'all' : 'part';
  }

  #endedByItself(customer: number): boolean {
    const { shields, startMs, time } = this.#world;
    return shields.some(
      (shield) =>
        shield.customer === customer && time.nowMs >= startMs + (shield.endsAfterMs ?? Infinity),
    );
  }

  /** The request, or the forged check, that an invocation works on. */
  planOf(invocation: Invocation): RequestPlan | undefined {
    return this.strangers.planOf(invocation) ?? this.plans.get(invocation.teardownId);
  }

  sawDeadLetters(): void {
    for (const path of [deadOf(REQUESTS), deadOf(CHECKS)]) {
      for (const { content } of this.#world.bus.peek(path, 0, MAX_MESSAGES)) {
        this.#died.add(teardownOf(content.messageId));
      }
    }
  }

  /** The settings when an invocation began. */
  takenIn(teardownId: string): ReadonlySet<TeardownMode> {
    return this.#checks.takenIn(teardownId);
  }

  asRead(invocation: Invocation): AsRead {
    return this.#asRead.get(invocation) ?? readNow(this.#world);
  }

  isThere({ customer }: RequestPlan): boolean {
    const known = this.#world.customers[customer ?? -1];
    return this.#world.sandbox.state().customers.some(({ id }) => id === known?.id);
  }

  conditions({ messageId, customer = -1, reviewOf }: RequestPlan): Conditions {
    const others = [...this.plans.values(), ...this.strangers.plans()].filter(
      (plan) =>
        plan.customer === customer &&
        (plan.messageId !== messageId || plan.forged) &&
        !plan.reviewOf,
    );
    return {
      died: this.#died.has(messageId),
      goneOtherwise:
        reviewOf === undefined && (this.goneOtherwise.has(customer) || others.length > 0),
      hasActivated: this.hasActivated.has(customer),
      isChanged: this.changed.has(customer),
      startedMs: this.firstSeenMs.get(messageId) ?? this.#world.time.nowMs,
      bought: this.bought.filter((each) => each.customer === customer),
      goneBefore: this.#goneBefore.has(messageId),
      protection: this.#checks.protection(messageId),
      modes: this.#checks.modes(messageId, this.#world.mode),
    };
  }
}
