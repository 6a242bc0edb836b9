import type { LockedMessage } from 'local-service-bus/core';
import type { LogOf } from '../src/teardown/log/log.ts';
import { AppInstance } from './app-instance.ts';
import { Bus, BusError } from './bus.ts';
import { type Invocation, newInvocation } from './invocation.ts';
import { teardownOf } from './oracle/names.ts';
import { Oracle } from './oracle/oracle.ts';
import { PartnerCenter } from './partner-center.ts';
import { CHECKS, deadOf, MAX_CONCURRENT_CALLS, REQUESTS } from './service-bus.ts';
import { sweepFiresAnew } from './sweep-anew.ts';
import type { SweepRun } from './sweep-plan.ts';
import { timerOf } from './timer.ts';
import { SWEEP, type World } from './world.ts';

/** The period of the app's dead-letter timer. */
const DEAD_LETTER_TICK_MS = 10 * 60_000;

/** The running instances: messages are delivered to them, and they start and die. */
export class Cluster {
  readonly world: World;
  readonly oracle: Oracle;
  readonly partnerCenter: PartnerCenter;
  readonly bus: Bus;
  readonly #instances: AppInstance[] = [];
  readonly #running = new Set<Invocation>();
  readonly #logOf: LogOf = (correlationId) => (event, fields) =>
    this.oracle.wrote(JSON.stringify({ event, correlationId, ...fields }));
  /** Until then the queues deliver no message. */
  pausedUntilMs = 0;
  #startedCount = 0;
  #nextTickMs: number;

  constructor(world: World) {
    this.world = world;
    this.oracle = new Oracle(world);
    this.partnerCenter = new PartnerCenter(world, this.oracle);
    this.bus = new Bus(world, (...sent) => this.oracle.send(...sent));
    this.#nextTickMs = world.time.nowMs + DEAD_LETTER_TICK_MS;
    for (let count = 0; count < world.scenario.instances; count += 1) this.#startInstance();
  }

  get instances(): readonly AppInstance[] {
    return this.#instances;
  }

  get running(): readonly Invocation[] {
    return [...this.#running];
  }

  /** Hands every available message to an instance with a free slot; true if there was one. */
  deliver(): boolean {
    const before = this.#running.size;
    const { bus, time } = this.world;
    for (const path of time.nowMs < this.pausedUntilMs ? [] : [REQUESTS, CHECKS]) {
      while (this.#running.size < MAX_CONCURRENT_CALLS * this.#instances.length) {
        const [message] = bus.receive(path, 1);
        if (message === undefined) break;
        this.bus.deliveries.received(path, message, time.nowMs);
        this.#begin(path, message);
        if (this.world.happens('message delivered twice', 0.03)) this.#begin(path, message);
      }
    }
    this.#checkDeadLetters();
    return this.#running.size > before;
  }

  /** When the next event happens by itself; `Infinity` if the queues are empty. */
  nextDueMs(): number {
    const { bus, time } = this.world;
    const counts = [REQUESTS, CHECKS].map((path) => bus.counts(path));
    const dead = counts.some(({ deadLettered }) => deadLettered > 0);
    const alive = counts.some(({ active, scheduled }) => active + scheduled > 0);
    const nextMs = time.nowMs < this.pausedUntilMs ? this.pausedUntilMs : bus.nextDueMs();
    return Math.min(dead ? this.#nextTickMs : Infinity, alive ? nextMs : Infinity);
  }

  /** The instance dies at once; a new one replaces it, without its memory. */
  kill(instance: number): void {
    this.world.effects.forget(instance);
    for (const invocation of this.#running) {
      if (invocation.instance !== instance) continue;
      this.#running.delete(invocation);
      if (invocation.path === SWEEP) this.#sweepDied();
    }
    const index = this.#instances.findIndex(({ number }) => number === instance);
    if (index >= 0) this.#instances.splice(index, 1);
    this.#startInstance();
  }

  #sweepDied(): void {
    this.world.met.add('instance died in a sweep');
    sweepFiresAnew(this);
  }

  /** Replaces every instance, with its memory. */
  restart(): void {
    for (const { number } of [...this.#instances]) this.kill(number);
  }

  /** The nightly timer fires on any instance; a failed run is not repeated. */
  readonly sweep = (why: SweepRun): void => {
    const { sweep } = this.world.scenario;
    if (sweep === undefined) return;
    const instance = this.#anyInstance();
    const invocation = this.#invocation(instance, {
      path: SWEEP,
      teardownId: 'sweep',
      attempt: 0,
    });
    if (why === 'by hand') this.world.met.add('sweep run by hand');
    this.oracle.sweepBegan(invocation, why);
    this.#watch(invocation, instance.sweep(invocation, sweep, timerOf(why, this.world)));
  };

  /** I7: a busy instance has an effect ahead of it; otherwise it waits for a timer. */
  checkWaiting(): void {
    const busy = new Set(this.world.effects.waiting.map(({ instance }) => instance));
    for (const { instance } of this.#running) {
      if (!busy.has(instance)) this.oracle.waits(instance);
    }
  }

  #startInstance(): void {
    const { world, partnerCenter, bus } = this;
    this.#instances.push(
      new AppInstance(this.#startedCount, { world, partnerCenter, bus, logOf: this.#logOf }),
    );
    this.#startedCount += 1;
  }

  /** Delivers the message once more, as if its lock had been lost. */
  repeat({ path, message }: Invocation): void {
    if (message !== undefined) this.#begin(path, message);
  }

  #begin(path: string, message: LockedMessage): void {
    const { content } = message;
    const { body, messageId = '' } = content;
    const { attempt = 0 } = body as { attempt?: number };
    const sequenceNumber = BigInt(message.sequenceNumber);
    const instance = this.#anyInstance();
    const invocation = this.#invocation(instance, {
      path,
      message,
      teardownId: teardownOf(content.messageId),
      attempt,
    });
    void this.world.effects
      .pass({ instance: instance.number, invocation, name: `take ${content.messageId}` }, () => {
        this.bus.deliveries.began(path, message);
        this.oracle.began(invocation);
      })
      .then(() => instance.take(invocation, { body, messageId, sequenceNumber }))
      .then(
        () => this.bus.settle(invocation, message, 'complete'),
        async (error: unknown) => {
          if (!(error instanceof BusError)) this.oracle.ended(invocation, error);
          await this.bus.settle(invocation, message, 'abandon');
        },
      )
      // The lock was lost meanwhile: the message is delivered again.
      .catch(() => undefined)
      .then(() => this.#end(invocation));
  }

  #checkDeadLetters(): void {
    const { bus, time, met } = this.world;
    const dead = [REQUESTS, CHECKS].filter((path) => bus.counts(path).deadLettered > 0);
    if (dead.length === 0) return;
    met.add('max delivery count reached');
    this.oracle.sawDeadLetters();
    if (time.nowMs < this.#nextTickMs) return;
    this.#nextTickMs = time.nowMs + DEAD_LETTER_TICK_MS;
    const instance = this.#anyInstance();
    const invocation = this.#invocation(instance, {
      path: deadOf(REQUESTS),
      teardownId: 'dead letters',
      attempt: 0,
    });
    this.#watch(invocation, instance.parkDeadLetters(invocation));
  }

  /** A run of a timer. */
  #watch(invocation: Invocation, work: Promise<void>): void {
    void work
      .then(
        () => this.oracle.sweepEnded(invocation),
        (error: unknown) => {
          if (!(error instanceof BusError)) this.oracle.ended(invocation, error);
        },
      )
      .then(() => this.#end(invocation));
  }

  #invocation(
    { number }: AppInstance,
    about: Pick<Invocation, 'path' | 'message' | 'teardownId' | 'attempt'>,
  ): Invocation {
    const startedMs = this.world.time.nowMs;
    const invocation = newInvocation({ ...about, instance: number, startedMs });
    this.#running.add(invocation);
    return invocation;
  }

  #end(invocation: Invocation): void {
    this.#running.delete(invocation);
    this.oracle.ended(invocation, undefined);
    this.oracle.nothingLost();
  }

  #anyInstance(): AppInstance {
    const [first, ...rest] = this.#instances;
    if (first === undefined) throw new Error('There is no instance.');
    return this.world.choices.among([first, ...rest]);
  }
}
