import { randomUUID } from 'node:crypto';
import type { ServiceBusMessage } from '@azure/service-bus';
import type { Sandbox } from 'partner-center-sandbox/core';
import { inProcessApp } from '../../simulation/in-process-app.ts';
import { asSent, CHECKS, peekOf, REQUESTS, serviceBus } from '../../simulation/service-bus.ts';
import type { App, SweepSettings, TeardownEdges } from '../../src/functions/app.ts';
import type { Transport } from '../../src/partner-center/http/transport.ts';
import type { Log } from '../../src/teardown/log/log.ts';
import type { Backoff } from '../../src/teardown/reconcile/retry-policy.ts';
import { sweep } from '../../src/teardown/sweep/sweep.ts';
import { takeCheck, takeRequest } from '../../src/teardown/teardown.ts';
import type { Actor } from './actor.ts';
import { FunctionGroup } from './function-group.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface PlatformOptions {
  readonly clock: VirtualClock;
  readonly sandbox: Sandbox;
  readonly transport: Transport;
  /** How many instances each function has. */
  readonly instances: number;
  /** The limit in the settings of the app. */
  readonly requestsPerMinute: number;
  readonly backoff: Backoff;
  /** One operation of Service Bus, until its answer. */
  readonly sendMs: number;
  /** What an execution does besides asking and sending. */
  readonly ownWorkMs: number;
  readonly random: () => number;
  /** Instances that are at work already; else each is new. */
  readonly app?: App;
}

const FUNCTIONS = [
  [REQUESTS, takeRequest],
  [CHECKS, takeCheck],
] as const;

const RULES = {
  mode: 'enforce',
  protections: [],
  sweepRules: { include: ['*.test.example'], maxCustomers: 75 },
} as const;

const log: Log = () => undefined;

/** Service Bus and the app's functions on the virtual clock, with as many instances as the platform runs. */
export class Platform implements Actor {
  /** When each teardown ended, by its id. */
  readonly ended = new Map<string, number>();
  readonly #options: PlatformOptions;
  readonly #bus;
  readonly #edges: TeardownEdges;
  readonly #functions;

  constructor(options: PlatformOptions) {
    const { clock, instances, transport, sendMs } = options;
    const nowMs = () => clock.nowMs;
    this.#options = options;
    this.#bus = serviceBus(nowMs, randomUUID);
    this.#edges = {
      transport,
      peek: async (...asked) => {
        await clock.sleep(sendMs);
        return peekOf(this.#bus, ...asked);
      },
      senders: {
        send: async (entity, message) => {
          await clock.sleep(sendMs);
          this.send(entity, message);
        },
      },
    };
    this.#functions = FUNCTIONS.map(([path, take]) => ({
      ...{ path, take },
      group: new FunctionGroup(
        Array.from({ length: instances }, () => this.#newApp()),
        nowMs,
      ),
    }));
  }

  send(entity: string, message: ServiceBusMessage): void {
    this.#bus.send(entity, [asSent(message)]);
    const { teardownId } = (message.body as { data?: { teardownId?: string } }).data ?? {};
    if (teardownId !== undefined) this.ended.set(teardownId, this.#options.clock.nowMs);
  }

  /** The instances of each function. */
  get groups(): readonly FunctionGroup[] {
    return this.#functions.map(({ group }) => group);
  }

  get isIdle(): boolean {
    return this.groups.every(({ running }) => running === 0);
  }

  get nextMs(): number {
    return this.#bus.nextDueMs();
  }

  /** Hands out every message that is due, as far as there is room. */
  act(): void {
    this.#bus.advance();
    for (const { path, take, group } of this.#functions) {
      while (group.hasRoom) {
        const [message] = this.#bus.receive(path);
        if (message === undefined) break;
        const { sequenceNumber, content, lockToken } = message;
        const { messageId = '', body } = content;
        const incoming = { body, messageId, sequenceNumber: BigInt(sequenceNumber) };
        void group.run(async (app) => {
          await this.#options.clock.sleep(this.#options.ownWorkMs);
          await take(incoming, app.teardown(RULES, this.#options.backoff, this.#edges), () => log);
          this.#bus.settle(path, lockToken, { kind: 'complete' });
        });
      }
    }
  }

  sweep(spacingMs: number): Promise<void> {
    const { clock } = this.#options;
    const startMs = clock.nowMs;
    const settings: SweepSettings = {
      ...{ graceMs: 0, spacingMs, lastDueMs: () => startMs },
      ...{ minIdleMs: 12 * 60 * 60 * 1000, maxPastDueMs: 60 * 1000 },
    };
    const deps = this.#newApp().sweep(RULES, settings, this.#edges);
    return sweep(deps, { isPastDue: false, nextMs: startMs }, () => log);
  }

  #newApp(): App {
    const { clock, sandbox, requestsPerMinute, random, app } = this.#options;
    if (app !== undefined) return app;
    const identity = { tenantId: sandbox.tenantId, deniedTenantIds: [] };
    return inProcessApp({
      ...{ sandbox: identity, requestsPerMinute, random },
      nowMs: () => clock.nowMs,
    });
  }
}
