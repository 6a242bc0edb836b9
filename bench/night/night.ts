import { randomUUID } from 'node:crypto';
import { type PurchaseSpec, Sandbox } from 'partner-center-sandbox/core';
import { STEADY_BACKOFF } from '../../simulation/backoff.ts';
import { inProcessApp } from '../../simulation/in-process-app.ts';
import { seeded } from '../../simulation/random.ts';
import { asSent, CHECKS, peekOf, REQUESTS, serviceBus } from '../../simulation/service-bus.ts';
import { settled } from '../../simulation/settled.ts';
import type { Log } from '../../src/teardown/log/log.ts';
import type { PeekQueue } from '../../src/teardown/reconcile/start-in-turn.ts';
import { SHARE_PLANNED, startSpacingMs } from '../../src/teardown/reconcile/start-spacing.ts';
import { sweep } from '../../src/teardown/sweep/sweep.ts';
import { takeCheck, takeRequest } from '../../src/teardown/teardown.ts';
import { FunctionGroup } from './function-group.ts';
import { type Meter, meteredTransport } from './metered-transport.ts';
import { VirtualClock } from './virtual-clock.ts';

const CUSTOMERS = 75;
const PURCHASES = ['reservation', 'perpetual-software', 'new-commerce'] as const;
const MINUTE_MS = 60 * 1000;

/** The defaults of the settings. */
const BACKOFF = { ...STEADY_BACKOFF, jitter: 0.1 };

export interface NightOptions {
  /** How many instances each function has. */
  readonly instances: number;
  /** How long Partner Center takes for an answer. */
  readonly answerMs: number;
  /** Whether the sweep requests the teardowns, or messages that all arrive at once. */
  readonly arrival: 'sweep' | 'at once';
  readonly cancelTakesMs: (purchase: number) => number;
  /** Partner Center's limit for the tenant. */
  readonly budgetPerMinute: number;
  /** The limit in the settings of the app. */
  readonly requestsPerMinute: number;
  /** The requests of other clients of the tenant. */
  readonly othersPerMinute: number;
  readonly seed: number;
}

export interface Night {
  readonly requests: number;
  readonly throttled: number;
  readonly deleted: number;
  /** From the first message or the sweep to the last outcome. */
  readonly tookMs: number;
  /** From the arrival of each request to its outcome. */
  readonly eachTookMs: readonly number[];
}

/** A night of a full sandbox on the virtual clock, with as many instances of the app's own code as the platform runs. */
export async function playNight(options: NightOptions): Promise<Night> {
  const clock = new VirtualClock();
  const startMs = clock.nowMs;
  const nowMs = () => clock.nowMs;
  const random = seeded(options.seed);
  const sandbox = fullSandbox(options, nowMs);
  const meter: Meter = { requests: 0, throttled: 0 };
  const bus = serviceBus(nowMs, randomUUID);
  const ended = new Map<string, number>();
  const senders = {
    send: async (entity: string, message: Parameters<typeof asSent>[0]) => {
      bus.send(entity, [asSent(message)]);
      const { teardownId } = (message.body as { data?: { teardownId?: string } }).data ?? {};
      if (teardownId !== undefined) ended.set(teardownId, nowMs() - startMs);
    },
  };
  const edges = {
    senders,
    peek: async (...asked: Parameters<PeekQueue>) => peekOf(bus)(...asked),
    transport: meteredTransport(sandbox, clock, options.answerMs, meter),
  };
  const log: Log = () => undefined;
  const sweepRules = { include: ['*.test.example'], maxCustomers: CUSTOMERS };
  const now = { mode: 'enforce', protections: [], sweepRules } as const;
  const { requestsPerMinute } = options;
  const identity = { tenantId: sandbox.tenantId, deniedTenantIds: [] };
  const newApp = () => inProcessApp({ sandbox: identity, requestsPerMinute, nowMs, random });
  const groups = [
    [REQUESTS, takeRequest],
    [CHECKS, takeCheck],
  ].map(([path, take]) => ({
    path: path as string,
    take: take as typeof takeRequest,
    group: new FunctionGroup(Array.from({ length: options.instances }, newApp), nowMs),
  }));

  const deliver = () => {
    for (const { path, take, group } of groups) {
      while (group.hasRoom) {
        const [message] = bus.receive(path);
        if (message === undefined) break;
        const { sequenceNumber, content } = message;
        const { messageId = '', body } = content;
        const incoming = { body, messageId, sequenceNumber: BigInt(sequenceNumber) };
        void group.run(async (app) => {
          const teardown = app.teardown(now, BACKOFF, edges);
          await take(incoming, teardown, () => log);
          bus.settle(path, message.lockToken, { kind: 'complete' });
        });
      }
    }
  };

  if (options.arrival === 'sweep') {
    const settings = {
      graceMs: 0,
      spacingMs: startSpacingMs(requestsPerMinute, SHARE_PLANNED.sweep),
      minIdleMs: 12 * 60 * MINUTE_MS,
      maxPastDueMs: MINUTE_MS,
      lastDueMs: () => startMs,
    };
    void sweep(
      newApp().sweep(now, settings, edges),
      { isPastDue: false, nextMs: startMs },
      () => log,
    );
  } else {
    for (const { id } of sandbox.state().customers) {
      bus.send(REQUESTS, [{ messageId: `request-${id}`, body: { customerTenantId: id } }]);
    }
  }
  const others = othersAsk(sandbox, clock, options.othersPerMinute);
  for (;;) {
    await settled();
    deliver();
    await settled();
    const idle = groups.every(({ group }) => group.running === 0);
    if (ended.size >= CUSTOMERS && idle) break;
    const nextMs = Math.min(clock.nextMs, bus.nextDueMs(), others.nextMs);
    if (nextMs === Infinity) throw new Error('The night has come to a standstill.');
    clock.advanceTo(nextMs);
    bus.advance();
    others.ask();
  }
  const each = [...ended.values()];
  return {
    ...meter,
    deleted: sandbox.state().deletedCustomers.length,
    tookMs: Math.max(...each),
    eachTookMs: each,
  };
}

function fullSandbox(
  { cancelTakesMs, budgetPerMinute }: NightOptions,
  nowMs: () => number,
): Sandbox {
  const sandbox = new Sandbox({ nowMs, seed: 1 });
  sandbox.changeSettings({
    requestsPerMinute: budgetPerMinute,
    pageSize: 100,
    // With permission to read entitlements the app sends more requests.
    refuseEntitlementsToAppOnly: false,
  });
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const purchases: PurchaseSpec[] = PURCHASES.map((kind, place) => ({
      kind,
      cancelTakesMs: cancelTakesMs(index * PURCHASES.length + place),
    }));
    sandbox.addCustomer({ domain: `c${index}.test.example`, purchases });
  }
  return sandbox;
}

/** Other clients, with evenly spaced requests. */
function othersAsk(sandbox: Sandbox, clock: VirtualClock, perMinute: number) {
  const everyMs = MINUTE_MS / perMinute;
  let nextMs = perMinute === 0 ? Infinity : clock.nowMs;
  return {
    get nextMs() {
      return nextMs;
    },
    ask() {
      for (; nextMs <= clock.nowMs; nextMs += everyMs) {
        const caller = sandbox.appOnlyCaller;
        sandbox.handle({ method: 'GET', path: '/v1/customers', caller });
      }
    },
  };
}
