import type { LockedMessage } from '../local/service-bus/core/message.ts';
import type { LogOf } from '../src/teardown/log.ts';
import { Bus, BusTrouble } from './bus.ts';
import { Instance, MOST_CONCURRENT } from './instance.ts';
import type { Invocation } from './invocation.ts';
import { Oracle, teardownOf } from './oracle/oracle.ts';
import { PartnerCenter } from './partner-center.ts';
import { CHECKS, deadOf, REQUESTS, type World } from './world.ts';

/** The app sees its timer this often. */
const DEAD_LETTER_TICK_MS = 10 * 60_000;
const OUTSIDE = -1;

/** The instances at work: messages are delivered to them, and they live and die. */
export class Stage {
  readonly world: World;
  readonly oracle: Oracle;
  readonly partnerCenter: PartnerCenter;
  readonly bus: Bus;
  readonly #instances: Instance[] = [];
  readonly #running = new Set<Invocation>();
  readonly #logOf: LogOf = (correlationId) => (event, fields) =>
    this.oracle.wrote(JSON.stringify({ event, correlationId, ...fields }));
  #born = 0;
  #nextTickMs: number;

  constructor(world: World) {
    this.world = world;
    this.oracle = new Oracle(world);
    this.partnerCenter = new PartnerCenter(world, this.oracle);
    this.bus = new Bus(world, (...sent) => this.oracle.send(...sent));
    this.#nextTickMs = world.time.nowMs + DEAD_LETTER_TICK_MS;
    for (let count = 0; count < world.scenario.instances; count += 1) this.#bear();
    for (const plan of world.scenario.requests) {
      void world.effects.pass({ instance: OUTSIDE, name: `request ${plan.messageId}` }, () => {
        world.request(plan);
        this.oracle.asked(plan);
      });
    }
  }

  get instances(): readonly Instance[] {
    return this.#instances;
  }

  get running(): readonly Invocation[] {
    return [...this.#running];
  }

  /** Hands every message that can be received to an instance with a free place. */
  deliver(): void {
    for (const path of [REQUESTS, CHECKS]) {
      while (this.#running.size < MOST_CONCURRENT * this.#instances.length) {
        const [message] = this.world.bus.receive(path, 1);
        if (message === undefined) break;
        this.#begin(path, message);
        if (this.world.happens('message delivered twice', 0.03)) this.#begin(path, message);
      }
    }
    this.#lookForDead();
  }

  /** When something happens by itself again; `Infinity`: the queues are empty. */
  nextDueMs(): number {
    const { bus } = this.world;
    const counts = [REQUESTS, CHECKS].map((path) => bus.counts(path));
    const dead = counts.some(({ deadLettered }) => deadLettered > 0);
    const alive = counts.some(({ active, scheduled }) => active + scheduled > 0);
    return Math.min(dead ? this.#nextTickMs : Infinity, alive ? bus.nextDueMs() : Infinity);
  }

  /** The instance dies as it stands; another one takes its place, knowing nothing. */
  kill(instance: number): void {
    this.world.effects.forget(instance);
    for (const invocation of this.#running) {
      if (invocation.instance === instance) this.#running.delete(invocation);
    }
    const index = this.#instances.findIndex(({ number }) => number === instance);
    if (index >= 0) this.#instances.splice(index, 1);
    this.#bear();
  }

  /** I7: an instance that works has an effect before it, or it waits for a timer. */
  judgeWaiting(): void {
    const busy = new Set(this.world.effects.waiting.map(({ instance }) => instance));
    for (const { instance } of this.#running) {
      if (!busy.has(instance)) this.oracle.waits(instance);
    }
  }

  #bear(): void {
    const { world, partnerCenter, bus } = this;
    this.#instances.push(
      new Instance(this.#born, { world, partnerCenter, bus, logOf: this.#logOf }),
    );
    this.#born += 1;
  }

  /** Has the message worked on once more, as if its lock had been lost. */
  repeat({ path, message }: Invocation): void {
    if (message !== undefined) this.#begin(path, message);
  }

  #begin(path: string, message: LockedMessage): void {
    const { content, lockToken } = message;
    const { attempt = 0 } = content.body as { attempt?: number };
    const instance = this.#anyInstance();
    const invocation = this.#invocation(instance, {
      path,
      message,
      teardownId: teardownOf(content.messageId),
      attempt,
    });
    void this.world.effects
      .pass({ instance: instance.number, invocation, name: `take ${content.messageId}` }, () =>
        this.oracle.began(invocation),
      )
      .then(() => instance.take(invocation, content.body, content.messageId ?? ''))
      .then(
        () => this.bus.settle(invocation, path, lockToken, 'complete'),
        async (error: unknown) => {
          if (!(error instanceof BusTrouble)) this.oracle.ended(invocation, error);
          await this.bus.settle(invocation, path, lockToken, 'abandon');
        },
      )
      // A lock that was lost meanwhile: the message is delivered again.
      .catch(() => undefined)
      .then(() => this.#end(invocation));
  }

  #lookForDead(): void {
    const { bus, time, met } = this.world;
    const dead = [REQUESTS, CHECKS].filter((path) => bus.counts(path).deadLettered > 0);
    if (dead.length === 0) return;
    met.add('dead letter');
    this.oracle.sawDeadLetters();
    if (time.nowMs < this.#nextTickMs) return;
    this.#nextTickMs = time.nowMs + DEAD_LETTER_TICK_MS;
    const instance = this.#anyInstance();
    const invocation = this.#invocation(instance, {
      path: deadOf(REQUESTS),
      teardownId: 'dead letters',
      attempt: 0,
    });
    void instance.parkDeadLetters(invocation).then(
      () => this.#end(invocation),
      (error: unknown) => {
        if (!(error instanceof BusTrouble)) this.oracle.ended(invocation, error);
        this.#end(invocation);
      },
    );
  }

  #invocation(
    { number }: Instance,
    about: Pick<Invocation, 'path' | 'message' | 'teardownId' | 'attempt'>,
  ): Invocation {
    const invocation: Invocation = {
      ...about,
      instance: number,
      startedMs: this.world.time.nowMs,
      reads: new Map(),
      requests: 0,
      history: [],
    };
    this.#running.add(invocation);
    return invocation;
  }

  #end(invocation: Invocation): void {
    this.#running.delete(invocation);
    this.oracle.ended(invocation, undefined);
    this.oracle.nothingLost();
  }

  #anyInstance(): Instance {
    const [first, ...rest] = this.#instances;
    if (first === undefined) throw new Error('There is no instance.');
    return this.world.choices.among([first, ...rest]);
  }
}
