import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AttackedBroker } from './attacked-broker.ts';
import { ATTACKS } from './attacks.ts';

const SEED = Number(process.env['HOSTILE_SEED'] ?? 20_261_123);
const MEGABYTE = 1_048_576;

/** What all peers of one attack may make the broker hold on to. */
const MAX_HELD_GROWTH_BYTES = 32 * MEGABYTE;
/** The whole process may take more for a while: the collector gives memory back late. */
const MAX_RESIDENT_GROWTH_BYTES = 128 * MEGABYTE;
/** Of the processor, for everybody, from an honest client's turn to its end: however busy the machine is otherwise. */
const MAX_WORK_MS = 5_000;

let broker: AttackedBroker;

beforeAll(async () => {
  broker = await AttackedBroker.start();
  await broker.roundTrip();
});

afterAll(() => broker.stop());

describe('the broker lives, serves others and keeps its memory under', () => {
  test.each(Object.entries(ATTACKS))('%s', async (name, attack) => {
    const before = await broker.memory();
    const attacking = attack(broker.port, SEED);
    const workMs = [await broker.roundTrip()];
    const peers = await attacking;
    workMs.push(await broker.roundTrip());
    workMs.push(await broker.roundTripOfNewcomer());
    const during = await broker.memory({
      heldBytes: before.heldBytes + MAX_HELD_GROWTH_BYTES,
      residentBytes: before.residentBytes + MAX_RESIDENT_GROWTH_BYTES,
    });
    workMs.push(await broker.roundTrip());
    const cutOffCount = peers.filter((peer) => peer.isCutOff).length;
    for (const peer of peers) peer.leave();
    workMs.push(await broker.roundTripOfNewcomer());
    const heldBytes = during.heldBytes - before.heldBytes;
    const residentBytes = during.residentBytes - before.residentBytes;
    console.log(
      `hostile peers: ${name}: held ${inMegabytes(heldBytes)}, resident ${inMegabytes(residentBytes)}, ${cutOffCount} of ${peers.length} cut off, most work in a round trip ${Math.max(...workMs).toFixed(0)} ms`,
    );
    expect(broker.isAlive).toBe(true);
    expect(heldBytes).toBeLessThan(MAX_HELD_GROWTH_BYTES);
    expect(residentBytes).toBeLessThan(MAX_RESIDENT_GROWTH_BYTES);
    expect(Math.max(...workMs)).toBeLessThan(MAX_WORK_MS);
  });
});

const inMegabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(1)} MB`;
