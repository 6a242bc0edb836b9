import type { ServiceBusMessage } from '@azure/service-bus';
import { PACING } from '../instance.ts';
import type { Invocation } from '../invocation.ts';
import { CANARY } from '../partner-center.ts';
import type { RequestPlan } from '../scenario.ts';
import { AUDIT, CHECKS, deadOf, OUTCOMES, REQUESTS, type World } from '../world.ts';
import { type Circumstances, rightEnds } from './ends.ts';
import { judgeWrite } from './may-write.ts';
import type { Violation } from './violations.ts';

const MOST_REQUESTS_A_LOOK = 150;
const LONGEST_LOOK_MS = 20_000;
/** The longest `Retry-After` that is believed. */
const LONGEST_DELAY_MS = 3_600_000;
/** Looks beyond the limit: the one that says so, and those that dead letters add. */
const SPARE_LOOKS = 5;
const MOST_MESSAGES = 250;

interface Event {
  readonly type: string;
  readonly data: { readonly outcome?: string; readonly reason?: string };
}

/** Watches a run from outside and knows the design's invariants; what it finds broken, it keeps. */
export class Oracle {
  readonly violations: Violation[] = [];
  readonly #world: World;
  readonly #asked = new Set<string>();
  readonly #wrote = new Set<string>();
  readonly #died = new Set<string>();
  readonly #firstSeenMs = new Map<string, number>();
  /** Customers that somebody or something else deleted, or bought for. */
  readonly #goneOtherwise = new Set<number>();
  readonly #boughtMeanwhile = new Set<number>();

  constructor(world: World) {
    this.#world = world;
  }

  asked({ messageId }: RequestPlan): void {
    this.#asked.add(messageId);
  }

  began({ teardownId }: Invocation): void {
    if (!this.#firstSeenMs.has(teardownId)) this.#firstSeenMs.set(teardownId, this.#now);
  }

  somebodyDeleted(customer: number): void {
    this.#goneOtherwise.add(customer);
  }

  somebodyBought(customer: number): void {
    this.#boughtMeanwhile.add(customer);
  }

  sawDeadLetters(): void {
    for (const path of [deadOf(REQUESTS), deadOf(CHECKS)]) {
      for (const { content } of this.#world.bus.peek(path, 0, MOST_MESSAGES)) {
        this.#died.add(teardownOf(content.messageId));
      }
    }
  }

  /** I6: well before its lock could be lost, a look asks for nothing more. */
  asks({ teardownId }: Invocation, afterMs: number): void {
    if (afterMs > LONGEST_LOOK_MS) {
      this.#broken('I6', `${teardownId} made a request ${afterMs} ms after its look began.`);
    }
  }

  write(invocation: Invocation, method: string, path: string): void {
    const lookStartedMs = this.#firstSeenMs.get(invocation.teardownId) ?? this.#now;
    const violation = judgeWrite(this.#world, { ...invocation, lookStartedMs }, method, path);
    if (violation !== undefined) this.violations.push(violation);
    this.#wrote.add(invocation.teardownId);
  }

  /** I6 and I9, and that an outcome `deleted` is true. */
  send(entity: string, { body, messageId, scheduledEnqueueTimeUtc }: ServiceBusMessage): void {
    this.wrote(JSON.stringify(body));
    const delayMs = (scheduledEnqueueTimeUtc?.getTime() ?? 0) - this.#now;
    if (delayMs > LONGEST_DELAY_MS) {
      this.#broken('I6', `${messageId} is scheduled ${delayMs} ms ahead.`);
    }
    const { attempt = 0 } = body as { attempt?: number };
    if (attempt > PACING.mostLooks + SPARE_LOOKS)
      this.#broken('I6', `${messageId} is one look too many.`);
    if (entity === OUTCOMES) this.#outcome(String(messageId), body as Event);
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
    for (const id of this.#asked) {
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
    const { bus, sandbox, scenario } = this.#world;
    const writes = sandbox.state().writes.map(({ kind, id }) => `${kind} ${id}`);
    const twice = writes.find(
      (write, index) => writes.indexOf(write) !== index && !write.startsWith('cancel-line-items'),
    );
    if (twice !== undefined) this.#broken('I5', `It changed the same thing twice: ${twice}.`);
    const ends = bus.peek(AUDIT, 0, MOST_MESSAGES).map(({ content }) => ({
      teardownId: teardownOf(content.messageId),
      data: (content.body as Event).data,
    }));
    for (const plan of scenario.requests.filter(({ messageId }) => this.#asked.has(messageId))) {
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

  #outcome(messageId: string, { data }: Event): void {
    const teardownId = teardownOf(messageId);
    const ageMs = this.#now - (this.#firstSeenMs.get(teardownId) ?? this.#now);
    if (ageMs > PACING.deadlineMs + 2 * LONGEST_DELAY_MS) {
      this.#broken('I6', `${teardownId} ended only after ${ageMs} ms.`);
    }
    if (data.reason === 'changed' && this.#wrote.has(teardownId)) {
      this.#broken('I5', `${teardownId} takes what it wrote itself for somebody's change.`);
    }
    if (data.outcome !== 'deleted') return;
    const plan = this.#planOf(teardownId);
    const customerId = this.#world.customerIds[plan?.customer ?? -1];
    if (this.#world.sandbox.state().customers.some(({ id }) => id === customerId)) {
      this.#broken('I1', `${teardownId} says deleted, but the customer is there.`);
    }
  }

  #circumstances({ messageId, customer }: RequestPlan): Circumstances {
    const others = this.#world.scenario.requests.filter(
      (plan) => plan.customer === customer && plan.messageId !== messageId,
    );
    return {
      died: this.#died.has(messageId),
      goneOtherwise: this.#goneOtherwise.has(customer ?? -1) || others.length > 0,
      boughtMeanwhile: this.#boughtMeanwhile.has(customer ?? -1),
    };
  }

  #planOf(teardownId: string): RequestPlan | undefined {
    return this.#world.scenario.requests.find(({ messageId }) => messageId === teardownId);
  }

  get #now(): number {
    return this.#world.time.nowMs;
  }

  #broken(invariant: Violation['invariant'], sentence: string): void {
    this.violations.push({ invariant, sentence });
  }
}

/** `teardown-0:check:3` is about `teardown-0`. */
export function teardownOf(messageId: string | undefined): string {
  return (messageId ?? '').split(':')[0] ?? '';
}
