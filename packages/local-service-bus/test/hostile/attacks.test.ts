import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_HELD_BYTES } from '../../src/amqp/limits.ts';
import { AttackedBroker } from './attacked-broker.ts';
import { ATTACKS } from './attacks.ts';

const SEED = Number(process.env['HOSTILE_SEED'] ?? 20_261_123);
const MEGABYTE = 1_048_576;

/** What peers have sent lies in objects, which take more than its bytes. */
const MAX_HELD_SHARE = 1.6;
/** With hostile peers beside it, an honest client's round trip may take so many times the work, once they are answered. */
const MAX_WORK_GROWTH = 5;
/** During any one round trip the collector may work, or what was asked before be answered. */
const MIN_ROUND_TRIPS = 5;
const MAX_ROUND_TRIPS = 500;

let broker: AttackedBroker;
let calmWorkMs: number;

beforeAll(async () => {
  broker = await AttackedBroker.start();
  calmWorkMs = await minWorkMs();
});

afterAll(() => broker.stop());

describe('the broker lives, serves others and bounds its memory under', () => {
  test.each(Object.entries(ATTACKS))('%s', async (name, attack) => {
    const before = await broker.heldBytes();
    const attacking = attack(broker.port, SEED);
    await broker.roundTrip();
    const peers = await attacking;
    await broker.roundTripOfNewcomer();
    const heldBytes = (await broker.heldBytes(before + MAX_HELD_SHARE * MAX_HELD_BYTES)) - before;
    const workMs = await minWorkMs(MAX_WORK_GROWTH * calmWorkMs);
    const cutOffCount = peers.filter((peer) => peer.isCutOff).length;
    for (const peer of peers) peer.leave();
    await broker.roundTripOfNewcomer();
    console.log(
      `hostile peers: ${name}: held ${inMegabytes(heldBytes)}, ${cutOffCount} of ${peers.length} cut off, a round trip takes ${(workMs / calmWorkMs).toFixed(1)} times the work`,
    );
    expect(broker.isAlive).toBe(true);
    expect(heldBytes / MAX_HELD_BYTES).toBeLessThan(MAX_HELD_SHARE);
    expect(workMs / calmWorkMs).toBeLessThan(MAX_WORK_GROWTH);
  });
});

/** The least processor time of the whole broker during an honest client's round trip. */
async function minWorkMs(enoughMs = Number.POSITIVE_INFINITY): Promise<number> {
  let minMs = Number.POSITIVE_INFINITY;
  const isEnough = (trips: number) => trips >= MIN_ROUND_TRIPS && minMs < enoughMs;
  for (let trips = 0; trips < MAX_ROUND_TRIPS && !isEnough(trips); trips += 1) {
    minMs = Math.min(minMs, await broker.roundTrip());
  }
  return minMs;
}

const inMegabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(1)} MB`;
