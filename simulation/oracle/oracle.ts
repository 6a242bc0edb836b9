import type { ServiceBusMessage } from '@azure/service-bus';
import { PACING } from '../instance.ts';
import { type Invocation, LONGEST_LOOK_MS, wasHindered } from '../invocation.ts';
import type { Write } from '../partner-center.ts';
import type { RequestPlan } from '../scenario.ts';
import { CANARY } from '../tokens.ts';
import { AUDIT, CHECKS, deadOf, OUTCOMES, REQUESTS, SWEEP, type World } from '../world.ts';
import { type Circumstances, rightEnds } from './ends.ts';
import { judgeWrite } from './may-write.ts';
import { teardownOf } from './names.ts';
import { type Event, misnamed, wrongAttention } from './outcome-events.ts';
import { Reviewed } from './reviewed.ts';
import { Sweeps } from './sweeps.ts';
import type { Violation } from './violations.ts';

const MOST_REQUESTS_A_LOOK = 150;
/** The longest `Retry-After` that is believed. */
const LONGEST_DELAY_MS = 3_600_000;
/** Looks beyond the limit: the one that says so, and those that dead letters add. */
const SPARE_LOOKS = 5;
const MOST_MESSAGES = 250;

/** Watches a run from outside and knows the design's invariants; what it finds broken, it keeps. */
export class Oracle {
  readonly violations: Violation[] = [];
  readonly #world: World;
  readonly #reviewed: Reviewed;
  readonly #sweeps: Sweeps;
  /** What was asked for, by MessageId. */
  readonly #plans = new Map<string, RequestPlan>();
  readonly #wrote = new Set<string>();
  readonly #sentDelete = new Set<string>();
  readonly #died = new Set<string>();
  readonly #firstSeenMs = new Map<string, number>();
  /** Teardowns whose customer was protected when their first look began. */
  readonly #protectedAtFirst = new Set<string>();
  readonly #protectedThen = new WeakMap<Invocation, ReadonlySet<number>>();
  /** Customers that somebody or something else deleted, or bought for. */
  readonly #goneOtherwise = new Set<number>();
  readonly #boughtMeanwhile = new Set<number>();
  /** Teardowns that were asked for when their customer was gone. */
  readonly #goneBefore = new Set<string>();
  /** Writes that were judged before. */
  #judgedWrites = 0;

  constructor(world: World) {
    this.#world = world;
    this.#reviewed = new Reviewed(world);
    this.#sweeps = new Sweeps(world, (...broken) => this.#broken(...broken));
  }

  asked(plan: RequestPlan): void {
    this.#plans.set(plan.messageId, plan);
  }

  /** Everything so far is judged, and long ago: a MessageId is a new teardown now. */
  askedAnew(plan: RequestPlan): void {
    for (const known of [this.#plans, this.#firstSeenMs]) known.clear();
    for (const known of [this.#wrote, this.#sentDelete, this.#died, this.#protectedAtFirst]) {
      known.clear();
    }
    this.somebodyChanged();
    this.#sweeps.forget();
    this.asked(plan);
    if (!this.#isThere(plan)) this.#goneBefore.add(plan.messageId);
  }

  began(invocation: Invocation): void {
    const { teardownId } = invocation;
    const { protectedCustomers } = this.#world;
    this.#protectedThen.set(invocation, protectedCustomers);
    if (this.#firstSeenMs.has(teardownId)) return;
    this.#firstSeenMs.set(teardownId, this.#now);
    const { customer = -1 } = this.#plans.get(teardownId) ?? {};
    if (protectedCustomers.has(customer)) this.#protectedAtFirst.add(teardownId);
  }

  sweepBegan(invocation: Invocation): void {
    this.#sweeps.began(invocation);
  }

  sweepEnded(invocation: Invocation): void {
    this.#sweeps.ended(invocation);
  }

  somebodyDeleted(customer: number): void {
    this.#goneOtherwise.add(customer);
  }

  somebodyBought(customer: number): void {
    this.#boughtMeanwhile.add(customer);
  }

  /** What was written so far, the teardowns to come have nothing to do with. */
  somebodyChanged(): void {
    this.#judgedWrites = this.#world.sandbox.state().writes.length;
  }

  sawDeadLetters(): void {
    for (const path of [deadOf(REQUESTS), deadOf(CHECKS)]) {
      for (const { content } of this.#world.bus.peek(path, 0, MOST_MESSAGES)) {
        this.#died.add(teardownOf(content.messageId));
      }
    }
  }

  /** I6: well before its lock could be lost, a look asks for nothing more. I7: it repeats nothing that took long. */
  asks({ teardownId, timedOut }: Invocation, what: string, afterMs: number): void {
    if (afterMs > LONGEST_LOOK_MS) {
      this.#broken('I6', `${teardownId} made a request ${afterMs} ms after its look began.`);
    }
    if (timedOut.has(what)) {
      this.#broken('I7', `${teardownId} repeated ${what} at once after a time-out.`);
    }
  }

  write(invocation: Invocation, write: Write): void {
    const { teardownId } = invocation;
    const plan = this.#plans.get(teardownId);
    const violation = judgeWrite(this.#world, invocation, write, {
      plan,
      firstSeenMs: this.#firstSeenMs.get(teardownId) ?? this.#now,
      protectedThen: this.#protectedThen.get(invocation) ?? this.#world.protectedCustomers,
      isUnchanged: plan !== undefined && this.#reviewed.isUnchanged(plan),
    });
    if (violation !== undefined) this.violations.push(violation);
    this.#wrote.add(teardownId);
    if (write.method === 'delete') this.#sentDelete.add(teardownId);
  }

  /** I6 and I9, and that what is sent is true. */
  send(invocation: Invocation, entity: string, message: ServiceBusMessage): void {
    this.wrote(JSON.stringify(message.body));
    if (entity === REQUESTS) this.#request(invocation, message);
    else if (invocation.path === SWEEP) this.#sweeps.event(invocation, message);
    else this.#ofTeardown(invocation, entity, message);
  }

  #request(invocation: Invocation, message: ServiceBusMessage): void {
    const plan = this.#sweeps.request(invocation, message);
    if (plan !== undefined) this.asked(plan);
  }

  #ofTeardown(invocation: Invocation, entity: string, message: ServiceBusMessage): void {
    const plan = this.#plans.get(teardownOf(String(message.messageId)));
    if (plan === undefined) {
      this.#broken('I8', `Nobody asked for ${message.messageId}.`);
      return;
    }
    if (entity === CHECKS) this.#check(invocation, plan, message);
    if (entity === OUTCOMES) this.#outcome(invocation, plan, message);
    this.#reviewed.looked(plan, invocation);
  }

  /** Every line that leaves an instance (I9). */
  wrote(text: string): void {
    if (text.includes(CANARY)) this.#broken('I9', `A token got out: ${text.slice(0, 200)}`);
  }

  ended({ teardownId, requests, path }: Invocation, error: unknown): void {
    if (requests > MOST_REQUESTS_A_LOOK) {
      this.#broken('I6', `${teardownId} made ${requests} requests in one look at ${path}.`);
    }
    if (error !== undefined) this.#broken('bug', `${teardownId} threw ${String(error)}`);
  }

  /** I4: whoever has asked has an outcome or a message. Called when a message has gone. */
  nothingLost(): void {
    const alive = new Set(
      [REQUESTS, CHECKS, deadOf(REQUESTS), deadOf(CHECKS), AUDIT]
        .flatMap((path) => this.#world.bus.peek(path, 0, MOST_MESSAGES))
        .map(({ content }) => teardownOf(content.messageId)),
    );
    for (const id of this.#plans.keys()) {
      if (!alive.has(id)) this.#broken('I4', `${id} has neither a message nor an outcome.`);
    }
  }

  /** A promise that nobody waits for: what it was to do may not have been done when the message is settled. */
  forgotten(reason: unknown): void {
    this.#broken('bug', `Nobody waited for what failed with ${String(reason)}`);
  }

  waits(instance: number): void {
    this.#broken('I7', `Instance ${instance} waits for something that is no effect.`);
  }

  neverEnds(steps: number): void {
    this.#broken('liveness', `After ${steps} steps there still are messages.`);
  }

  /** I5, I8, and that every teardown ended as it should. */
  atEnd(): void {
    const { bus, sandbox } = this.#world;
    const writes = sandbox
      .state()
      .writes.slice(this.#judgedWrites)
      .map(({ kind, id }) => `${kind} ${id}`);
    const twice = writes.find(
      (write, index) => writes.indexOf(write) !== index && !write.startsWith('cancel-line-items'),
    );
    if (twice !== undefined) this.#broken('I5', `It changed the same thing twice: ${twice}.`);
    this.#sweeps.atEnd();
    const astray = wrongAttention(this.#world);
    if (astray !== undefined) this.#broken('I8', astray);
    const ends = bus.peek(AUDIT, 0, MOST_MESSAGES).map(({ content }) => ({
      teardownId: teardownOf(content.messageId),
      data: (content.body as Event).data,
    }));
    for (const plan of this.#plans.values()) {
      const own = ends.filter(({ teardownId }) => teardownId === plan.messageId);
      const said = own.map(({ data }) => `${data.outcome}/${data.reason}`);
      const [end] = said;
      if (said.length !== 1 || end === undefined) {
        this.#broken('I8', `${plan.messageId} has ${said.length} outcomes: ${said.join(', ')}.`);
        continue;
      }
      const right = rightEnds(this.#world, plan, this.#circumstances(plan));
      if (!right.has(end)) {
        this.#broken('liveness', `${plan.messageId} ended ${end}, not ${[...right].join(' or ')}.`);
      }
    }
  }

  /** I6: a check comes neither too late nor before Partner Center wants to be asked again. */
  #check(
    { notBeforeMs }: Invocation,
    { messageId: teardownId }: RequestPlan,
    { messageId, correlationId, body, scheduledEnqueueTimeUtc }: ServiceBusMessage,
  ): void {
    const dueMs = scheduledEnqueueTimeUtc?.getTime() ?? this.#now;
    if (dueMs - this.#now > LONGEST_DELAY_MS) {
      this.#broken('I6', `${messageId} is scheduled ${dueMs - this.#now} ms ahead.`);
    }
    if (dueMs < notBeforeMs) {
      this.#broken('I6', `${messageId} is due ${notBeforeMs - dueMs} ms before Retry-After.`);
    }
    const { attempt = 0 } = body as { attempt?: number };
    if (attempt > PACING.mostLooks + SPARE_LOOKS) {
      this.#broken('I6', `${messageId} is one look too many.`);
    }
    if (messageId !== `${teardownId}:check:${attempt}` || correlationId !== teardownId) {
      this.#broken('I5', `Check ${attempt} of ${teardownId} is named ${messageId}.`);
    }
  }

  #outcome(invocation: Invocation, plan: RequestPlan, message: ServiceBusMessage): void {
    const { messageId: teardownId } = plan;
    const { data } = message.body as Event;
    const ageMs = this.#now - (this.#firstSeenMs.get(teardownId) ?? this.#now);
    if (ageMs > PACING.deadlineMs + 2 * LONGEST_DELAY_MS) {
      this.#broken('I6', `${teardownId} ended only after ${ageMs} ms.`);
    }
    const wrong = misnamed(this.#world, plan, message);
    if (wrong !== undefined) this.#broken('I8', wrong);
    if (data.reason === 'changed' && this.#wrote.has(teardownId)) {
      this.#broken('I5', `${teardownId} takes what it wrote itself for somebody's change.`);
    }
    if (data.outcome === 'deleted' && this.#isThere(plan)) {
      this.#broken('I1', `${teardownId} says deleted, but the customer is there.`);
    }
    if (data.reason === 'dead-lettered' && this.#knewItGone(invocation, plan)) {
      this.#broken('liveness', `${teardownId} says parked, but it has deleted the customer.`);
    }
  }

  /** The last look read that the customer is gone; or would have, for it has deleted it and nothing was in its way. */
  #knewItGone(invocation: Invocation, plan: RequestPlan): boolean {
    if (invocation.message === undefined) return false;
    const deleted = this.#sentDelete.has(plan.messageId) && !this.#isThere(plan);
    const unhindered = !wasHindered(invocation, this.#now);
    return (
      invocation.readGone || (deleted && unhindered && !this.#circumstances(plan).goneOtherwise)
    );
  }

  #isThere({ customer }: RequestPlan): boolean {
    const known = this.#world.customers[customer ?? -1];
    return this.#world.sandbox.state().customers.some(({ id }) => id === known?.id);
  }

  #circumstances({ messageId, customer = -1, reviewOf }: RequestPlan): Circumstances {
    const others = [...this.#plans.values()].filter(
      (plan) => plan.customer === customer && plan.messageId !== messageId && !plan.reviewOf,
    );
    const isProtected = this.#world.protectedCustomers.has(customer);
    return {
      died: this.#died.has(messageId),
      goneOtherwise:
        reviewOf === undefined && (this.#goneOtherwise.has(customer) || others.length > 0),
      boughtMeanwhile: this.#boughtMeanwhile.has(customer),
      goneBefore: this.#goneBefore.has(messageId),
      protection: this.#protectedAtFirst.has(messageId)
        ? 'from the first look'
        : isProtected
          ? 'later'
          : 'none',
    };
  }

  get #now(): number {
    return this.#world.time.nowMs;
  }

  #broken(invariant: Violation['invariant'], sentence: string): void {
    this.violations.push({ invariant, sentence });
  }
}
