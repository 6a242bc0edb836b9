import { STEADY_BACKOFF } from '../../simulation/backoff.ts';
import { seeded } from '../../simulation/random.ts';
import { REQUESTS } from '../../simulation/service-bus.ts';
import { SHARE_PLANNED, startSpacingMs } from '../../src/teardown/reconcile/start-spacing.ts';
import { type Contents, CUSTOMERS, fullSandbox } from '../full-sandbox.ts';
import { playUntil } from './actor.ts';
import { type Meter, meteredTransport } from './metered-transport.ts';
import { otherClients } from './other-clients.ts';
import { Platform } from './platform.ts';
import { VirtualClock } from './virtual-clock.ts';

/** The defaults of the settings. */
export const BACKOFF = { ...STEADY_BACKOFF, jitter: 0.1 };

export interface NightOptions extends Contents {
  /** How many instances each function has. */
  readonly instances: number;
  /** How long Partner Center takes for an answer. */
  readonly answerMs: number;
  /** How long Service Bus takes for an answer. */
  readonly sendMs: number;
  readonly ownWorkMs: number;
  /** Whether the sweep requests the teardowns, or messages that all arrive at once. */
  readonly arrival: 'sweep' | 'at once';
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
  /** How long each execution ran. */
  readonly executionsMs: readonly number[];
  /** How long each instance was at work without a break. */
  readonly activeMs: readonly number[];
}

/** A night of a full sandbox on the virtual clock, with as many instances of the app's own code as the platform runs. */
export async function playNight(options: NightOptions): Promise<Night> {
  const clock = new VirtualClock();
  const startMs = clock.nowMs;
  const sandbox = fullSandbox(() => clock.nowMs, {
    ...options,
    requestsPerMinute: options.budgetPerMinute,
  });
  const meter: Meter = { requests: 0, throttled: 0 };
  const platform = new Platform({
    ...options,
    ...{ clock, sandbox, backoff: BACKOFF, random: seeded(options.seed) },
    transport: meteredTransport(sandbox, clock, options.answerMs, meter),
  });
  if (options.arrival === 'sweep') {
    void platform.sweep(startSpacingMs(options.requestsPerMinute, SHARE_PLANNED.sweep));
  } else {
    for (const { id } of sandbox.state().customers) {
      platform.send(REQUESTS, { messageId: `request-${id}`, body: { customerTenantId: id } });
    }
  }
  const others = otherClients(sandbox, clock, options.othersPerMinute);
  const isOver = () => platform.ended.size >= CUSTOMERS && platform.isIdle;
  await playUntil(isOver, clock, [platform, others]);
  const each = [...platform.ended.values()].map((endedMs) => endedMs - startMs);
  return {
    ...meter,
    deleted: sandbox.state().deletedCustomers.length,
    tookMs: Math.max(...each),
    eachTookMs: each,
    executionsMs: platform.groups.flatMap((group) => group.executionsMs),
    activeMs: platform.groups.flatMap((group) => group.activeMs),
  };
}
