import { sandboxProof } from '../../src/teardown/guards/sandbox-proof.ts';
import type { TeardownMode } from '../../src/teardown/mode.ts';
import { type Teardown, takeCheck, takeRequest } from '../../src/teardown/teardown.ts';
import { CUSTOMER_ID } from '../teardown/builders.ts';
import { Bus, Crash, type Message } from './bus.ts';
import { seeded } from './random.ts';
import { TENANT, World } from './world.ts';

export interface Run {
  readonly world: World;
  readonly bus: Bus;
  readonly looks: number;
  /** Invocations in which a deletion was asked for without fresh lists read before it (I1). */
  readonly blindDeletions: number;
}

const MOST_DELIVERIES = 2_000;
const TROUBLE_MS = 5 * 60 * 1000;
const silent = { info: () => undefined, warn: () => undefined };

/**
 * One teardown by seed: refusals, lost answers, instances that die around every sending, messages that are
 * delivered twice and out of order. After five simulated minutes the trouble ends and it must converge.
 */
export async function simulate(seed: number, mode: TeardownMode = 'enforce'): Promise<Run> {
  const random = seeded(seed);
  let nowMs = Date.UTC(2026, 0, 1);
  const troubleUntilMs = nowMs + TROUBLE_MS;
  const inTrouble = () => nowMs < troubleUntilMs;
  const chances = { refused: random() * 0.3, lost: random() * 0.2 };
  const world = new World(random, () => nowMs, chances);
  const crashChance = random() * 0.2;
  const bus = new Bus(
    () => nowMs,
    () => inTrouble() && random() < crashChance,
  );
  const teardown: Teardown = {
    mode,
    protections: [],
    pacing: {
      firstDelayMs: 5_000,
      factor: 1.5,
      longestDelayMs: 60_000,
      jitter: 0.1,
      mostLooks: 500,
      deadlineMs: 86_400_000,
    },
    proveSandbox: sandboxProof({ tenantId: TENANT, deniedTenantIds: [] }, () => nowMs),
    messenger: bus,
    partnerCenter: () => world,
    nowMs: () => nowMs,
    random,
  };

  bus.send('requests', 'teardown-1', { customerTenantId: CUSTOMER_ID });
  let looks = 0;
  let blindDeletions = 0;
  const lookOnce = async (message: Message): Promise<boolean> => {
    looks += 1;
    const before = world.deletions;
    world.freshReads = [];
    const completed = await deliver(message, teardown);
    if (world.deletions > before && !readAllLists(world)) blindDeletions += 1;
    return completed;
  };
  for (let delivery = 0; bus.messages.length > 0; delivery += 1) {
    if (delivery >= MOST_DELIVERIES) throw new Error(`Seed ${seed} does not converge.`);
    if (!inTrouble()) world.chances = { refused: 0, lost: 0 };
    const message = take(bus.messages, nowMs, random);
    nowMs = Math.max(nowMs, message.dueMs) + 1 + Math.floor(random() * 50);
    // A lock that ran out: two instances work on the same message.
    if (inTrouble() && random() < 0.1) await lookOnce(message);
    if (!(await lookOnce(message))) bus.messages.push(message);
  }
  return { world, bus, looks, blindDeletions };
}

/** Any message that is due; where none is, the next one. */
function take(messages: Message[], nowMs: number, random: () => number): Message {
  const due = messages.filter(({ dueMs }) => dueMs <= nowMs);
  const next = messages.toSorted((a, b) => a.dueMs - b.dueMs).slice(0, 1);
  const choice = due.length > 0 ? due : next;
  const message = choice[Math.floor(random() * choice.length)];
  if (message === undefined) throw new Error('There is no message to deliver.');
  messages.splice(messages.indexOf(message), 1);
  return message;
}

/** Whether the message may be completed; a crashed instance leaves it to be delivered again. */
async function deliver(message: Message, teardown: Teardown): Promise<boolean> {
  message.deliveries += 1;
  const handle = message.queue === 'requests' ? takeRequest : takeCheck;
  const incoming = { ...message, deliveryCount: message.deliveries };
  try {
    await handle(incoming, teardown, silent);
    return true;
  } catch (error) {
    if (error instanceof Crash) return false;
    throw error;
  }
}

function readAllLists({ freshReads }: World): boolean {
  return freshReads.includes('list-orders') && freshReads.includes('list-subscriptions');
}
