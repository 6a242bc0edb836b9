import type { ServiceBusMessage } from '@azure/service-bus';
import type { PurchaseSpec } from 'partner-center-sandbox/core';
import { type Invocation, MAX_CHECK_MS } from '../invocation.ts';
import type { RequestPlan } from '../scenario.ts';
import { AUDIT, CHECKS, deadOf, OUTCOMES, REQUESTS } from '../service-bus.ts';
import type { SweepRun } from '../sweep-plan.ts';
import { CANARY } from '../tokens.ts';
import { SWEEP, type World } from '../world.ts';
import type { Write } from '../write.ts';
import { Cancellations } from './cancellations.ts';
import { expectedOutcomes } from './expected-outcomes.ts';
import { judgeForeign, unanswered } from './foreign.ts';
import { Ledger } from './ledger.ts';
import { judgeWrite } from './may-write.ts';
import { judgeCheck, judgeOutcome } from './messages.ts';
import { teardownOf } from './names.ts';
import { attentionProblem, type Event, isForeign, markOf } from './outcome-events.ts';
import { Reviewed } from './reviewed.ts';
import type { NewerNames } from './strangers.ts';
import { Sweeps } from './sweeps.ts';
import { isToGiveUp } from './unexpected-outcome.ts';
import type { Broken, Violation } from './violations.ts';

const MAX_REQUESTS_PER_CHECK = 150;
const MAX_MESSAGES = 250;

/** Checks the design's invariants from outside during a run, and keeps the violations. */
export class Oracle {
  readonly violations: Violation[] = [];
  readonly #world: World;
  readonly #ledger: Ledger;
  readonly #reviewed: Reviewed;
  readonly #sweeps: Sweeps;
  readonly #cancellations = new Cancellations();
  readonly #broken: Broken = (invariant, message) => {
    this.violations.push({ invariant, message });
  };

  constructor(world: World) {
    this.#world = world;
    this.#ledger = new Ledger(world);
    this.#reviewed = new Reviewed(world);
    this.#sweeps = new Sweeps(world, this.#broken);
  }

  asked(plan: RequestPlan): void {
    this.#ledger.plans.set(plan.messageId, plan);
  }

  /** Everything so far is judged and long ago: a MessageId names a new teardown from now on. */
  askedAnew(plan: RequestPlan): void {
    this.#ledger.startAnew(plan);
    this.#sweeps.forget();
    this.#cancellations.forget();
    this.#forgetWrites();
  }

  began(invocation: Invocation): void {
    this.#ledger.began(invocation);
  }

  sweepBegan(invocation: Invocation, why: SweepRun): void {
    this.#sweeps.began(invocation, why);
  }

  sweepEnded(invocation: Invocation): void {
    this.#sweeps.ended(invocation);
  }

  somebodyDeleted(customer: number): void {
    this.#ledger.goneOtherwise.add(customer);
  }

  somebodyBought(customer: number, spec: PurchaseSpec): void {
    this.#ledger.bought.push({ customer, spec, atMs: this.#world.time.nowMs });
  }

  /** An Azure subscription was made active (again), and so may be cancelled once more. */
  somebodyActivated(customer: number, azureEntitlementId: string | undefined): void {
    this.#ledger.hasActivated.add(customer);
    if (azureEntitlementId !== undefined) this.#ledger.activated.add(azureEntitlementId);
  }

  /** The writes so far do not belong to the teardowns to come. */
  somebodyChanged(customer: number): void {
    this.#ledger.changed.add(customer);
    this.#forgetWrites();
  }

  /** A check that reads like one of the app's own: the customer it names has a teardown from now on. */
  somebodyForged(plan: RequestPlan): void {
    const { plans, strangers } = this.#ledger;
    strangers.forged(plan);
    const isAsked = this.#world.scenario.requests.some((each) => each.messageId === plan.messageId);
    if (!isAsked && !plans.has(plan.messageId)) plans.set(plan.messageId, plan);
  }

  /** One of a version to come: this version ends its teardown, as it knows no more of it. */
  somebodyForgedNewer({ messageId, forged }: RequestPlan, names: NewerNames): void {
    this.somebodyForged({ messageId, ...(forged && { forged }) });
    this.#ledger.strangers.newer(names);
  }

  /** A message on the queue of checks that is not the app's. */
  somebodySentForeign(messageId: string): void {
    this.#ledger.strangers.foreign(messageId);
  }

  somebodyTookOut(messageId: string): void {
    this.#ledger.strangers.takenOut(messageId);
  }

  #forgetWrites(): void {
    this.#ledger.writesOfOthers = this.#world.sandbox.state().writes.length;
  }

  sawDeadLetters(): void {
    this.#ledger.sawDeadLetters();
  }

  /** I6: a check sends no request when its lock could end soon. I7: it does not repeat a request that took long. */
  asks(invocation: Invocation, what: string, afterMs: number): void {
    const { teardownId, timedOut, message } = invocation;
    const isOff = this.#ledger.asRead(invocation).mode === 'off';
    if (isOff && message !== undefined && !isToGiveUp(message.content.body)) {
      this.#broken('I2', `${teardownId} asked for ${what}, though it is switched off.`);
    }
    if (afterMs > MAX_CHECK_MS) {
      this.#broken('I6', `${teardownId} made a request ${afterMs} ms after its check began.`);
    }
    if (timedOut.has(what)) {
      this.#broken('I7', `${teardownId} repeated ${what} at once after a time-out.`);
    }
  }

  write(invocation: Invocation, write: Write): void {
    const { teardownId } = invocation;
    const { firstSeenMs, wrote, sentDelete, strangers } = this.#ledger;
    const plan = this.#ledger.planOf(invocation);
    const violation = judgeWrite(this.#world, invocation, write, {
      plan,
      firstSeenMs: plan?.forged?.startedMs ?? firstSeenMs.get(teardownId) ?? this.#world.time.nowMs,
      asRead: this.#ledger.asRead(invocation),
      isUnchanged: plan !== undefined && this.#reviewed.isUnchanged(plan, invocation),
    });
    if (violation !== undefined) this.violations.push(violation);
    const { nowMs } = this.#world.time;
    const repeatedAfterMs = this.#cancellations.repeatedAfterMs(invocation, write, nowMs);
    // A forged check carries no calls accepted before.
    if (repeatedAfterMs !== undefined && !strangers.hasForged(teardownId)) {
      this.#broken('I6', `${teardownId} sent ${write.path} again after ${repeatedAfterMs} ms.`);
    }
    wrote.add(teardownId);
    if (write.method === 'delete') sentDelete.add(teardownId);
  }

  /** I6 and I9, and that the message is true. */
  send(invocation: Invocation, entity: string, message: ServiceBusMessage): void {
    this.wrote(JSON.stringify(message.body));
    if (entity === REQUESTS) this.#request(invocation, message);
    else if (invocation.path === SWEEP) this.#sweeps.event(invocation, message);
    else this.#ofTeardown(invocation, entity, message);
  }

  #request(invocation: Invocation, message: ServiceBusMessage): void {
    const plan = this.#sweeps.request(invocation, message);
    // A second message with that id is dropped, whatever it says.
    if (plan !== undefined && !this.#ledger.plans.has(plan.messageId)) this.asked(plan);
  }

  #ofTeardown(invocation: Invocation, entity: string, message: ServiceBusMessage): void {
    const { strangers, plans } = this.#ledger;
    if (entity === OUTCOMES && isForeign(message)) {
      const wrong = judgeForeign(strangers, message);
      if (wrong !== undefined) this.#broken('I4', wrong);
      return;
    }
    const plan =
      strangers.marked(markOf(message)) ?? plans.get(teardownOf(String(message.messageId)));
    if (plan === undefined) {
      this.#broken('I8', `No one asked for ${message.messageId}.`);
    } else {
      const { time } = this.#world;
      if (entity === CHECKS) {
        judgeCheck(time.nowMs, invocation, plan, message, this.#broken);
        this.#cancellations.sent(invocation, String(message.messageId));
        if (strangers.displaces(String(message.messageId))) {
          this.#world.met.add('check displaced');
        }
      } else judgeOutcome(this.#world, this.#ledger, invocation, plan, message, this.#broken);
      if (!plan.forged) this.#reviewed.checked(plan, invocation);
    }
  }

  /** Every log line of an instance (I9). */
  wrote(text: string): void {
    if (text.includes(CANARY)) this.#broken('I9', `A token got out: ${text.slice(0, 200)}`);
  }

  ended({ teardownId, requests, path }: Invocation, error: unknown): void {
    if (requests > MAX_REQUESTS_PER_CHECK) {
      this.#broken('I6', `${teardownId} made ${requests} requests in one check at ${path}.`);
    }
    if (error !== undefined) this.#broken('bug', `${teardownId} threw ${String(error)}`);
  }

  /** I4: every request has an outcome or a message. Called when a message is settled. */
  nothingLost(): void {
    const alive = new Set(
      [REQUESTS, CHECKS, deadOf(REQUESTS), deadOf(CHECKS), AUDIT]
        .flatMap((path) => this.#world.bus.peek(path, 0, MAX_MESSAGES))
        .map(({ content }) => teardownOf(content.messageId)),
    );
    for (const id of this.#ledger.plans.keys()) {
      if (!alive.has(id) && !this.#ledger.strangers.mayBeLost(id))
        this.#broken('I4', `${id} has neither a message nor an outcome.`);
    }
  }

  /** A promise that no one awaits: its work may not be done when the message is settled. */
  forgotten(reason: unknown): void {
    this.#broken('bug', `No one waited for what failed with ${String(reason)}`);
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
      .writes.slice(this.#ledger.writesOfOthers)
      .map(({ kind, id }) => `${kind} ${id}`);
    const twice = writes.find(
      (write, index) =>
        writes.indexOf(write) !== index &&
        !write.startsWith('cancel-line-items') &&
        !this.#ledger.activated.has(write.replace('cancel-azure ', '')),
    );
    if (twice !== undefined) this.#broken('I5', `It changed the same thing twice: ${twice}.`);
    this.#sweeps.atEnd();
    const astray = attentionProblem(this.#world);
    if (astray !== undefined) this.#broken('I8', astray);
    const answers = bus.peek(AUDIT, 0, MAX_MESSAGES).filter(({ content }) => !isForeign(content));
    const ends = answers.map(({ content }) => ({
      teardownId: teardownOf(content.messageId),
      data: (content.body as Event).data,
    }));
    const silence = unanswered(this.#world, this.#ledger.strangers);
    if (silence !== undefined) this.#broken('I4', silence);
    for (const plan of this.#ledger.plans.values()) {
      const said = ends
        .filter(({ teardownId }) => teardownId === plan.messageId)
        .map(({ data }) => `${data.outcome}/${data.reason}`);
      this.#end(plan, said);
    }
  }

  #end(plan: RequestPlan, [end, ...more]: readonly string[]): void {
    const { messageId } = plan;
    const { strangers } = this.#ledger;
    if (end === undefined) {
      if (!strangers.mayBeLost(messageId)) this.#broken('I8', `${messageId} has no outcome.`);
    } else if (more.length > 0) {
      this.#broken('I8', `${messageId} has several outcomes: ${[end, ...more].join(', ')}.`);
    } else {
      // A forged check decides its own progress, and so its outcome.
      if (strangers.hasForged(messageId)) return;
      const right = expectedOutcomes(this.#world, plan, this.#ledger.conditions(plan));
      if (right.has(end)) return;
      this.#broken('liveness', `${messageId} ended ${end}, not ${[...right].join(' or ')}.`);
    }
  }
}
