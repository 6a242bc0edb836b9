import { beforeEach, expect, test } from 'vitest';
import { MAX_HELD_BYTES } from '../../src/amqp/limits.ts';
import { MemoryBudget } from '../../src/amqp/memory-budget.ts';

let nowMs: number;
let budget: MemoryBudget;
let ended: string[];

beforeEach(() => {
  nowMs = 0;
  budget = new MemoryBudget(() => nowMs);
  ended = [];
});

const holder = (name: string) => ({ endForMemory: () => void ended.push(name) });

test('no peer is cut off at the budget, and one is for a byte more', () => {
  const [one, other] = [holder('one'), holder('other')];
  budget.hold(one, MAX_HELD_BYTES - 1);
  budget.hold(other, 1);
  expect(ended).toEqual([]);
  budget.hold(other, 2);
  expect(ended).toEqual(['one']);
});

test('a thousand peers that hold a little each are cut off before one that holds more for a moment', () => {
  const stuck = Array.from({ length: 999 }, () => holder('stuck'));
  for (const one of stuck) budget.hold(one, Math.floor(MAX_HELD_BYTES / 1_000));
  nowMs += 1;
  const honest = holder('honest');
  for (let times = 0; times < 100; times += 1) {
    budget.hold(honest, 0);
    budget.hold(honest, MAX_HELD_BYTES / 100);
  }
  expect(new Set(ended)).toEqual(new Set(['stuck']));
});

test('a peer that frees memory again and again is not stuck, however old it is', () => {
  const [busy, burst] = [holder('busy'), holder('burst')];
  for (nowMs = 0; nowMs < 10; nowMs += 1) {
    budget.hold(busy, MAX_HELD_BYTES / 2);
    if (nowMs === 5) budget.hold(burst, MAX_HELD_BYTES * 0.4);
    budget.hold(busy, MAX_HELD_BYTES / 3);
  }
  budget.hold(busy, MAX_HELD_BYTES);
  expect(ended).toEqual(['burst']);
});

test('a peer that holds little is spared, however long', () => {
  const [idle, burst] = [holder('idle'), holder('burst')];
  budget.hold(idle, 10_000);
  nowMs += 3_600_000;
  budget.hold(burst, MAX_HELD_BYTES);
  expect(ended).toEqual(['burst']);
});

test('of the peers that are stuck equally long, the one that holds most is cut off', () => {
  budget.hold(holder('more'), MAX_HELD_BYTES / 4);
  budget.hold(holder('most'), MAX_HELD_BYTES / 2);
  budget.hold(holder('last'), MAX_HELD_BYTES / 4 + 1);
  expect(ended).toEqual(['most']);
});
