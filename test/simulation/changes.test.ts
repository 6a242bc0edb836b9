import { describe, expect, it } from 'vitest';
import { newInvocation } from '../../simulation/invocation.ts';
import { isShielded } from '../../simulation/oracle/as-read.ts';
import { Checks } from '../../simulation/oracle/checks.ts';
import { judgeForeign } from '../../simulation/oracle/foreign.ts';
import { Strangers } from '../../simulation/oracle/strangers.ts';
import { unexpectedOutcome } from '../../simulation/oracle/unexpected-outcome.ts';
import { SWEEP_PERIOD_MS } from '../../simulation/sweep-plan.ts';
import { occurrenceOf } from '../../simulation/timer.ts';
import type { World } from '../../simulation/world.ts';
import type { TeardownMode } from '../../src/teardown/model/mode.ts';

/** How the oracle judges what is changed in mid-run. */

const START_MS = Date.UTC(2026, 10, 22, 2);
const customers = [
  { id: 'a', domain: 'one.test' },
  { id: 'b', domain: 'one.test' },
  { id: 'c', domain: 'two.test' },
];
const worldAt = (nowMs: number) =>
  ({ customers, startMs: START_MS, time: { nowMs } }) as unknown as World;

function invocationOf(messageId: string, body: object = {}, path = 'teardown-checks') {
  const message = { content: { messageId, body } } as never;
  const about = { instance: 0, path, message, teardownId: 't', attempt: 1 };
  return newInvocation({ ...about, startedMs: START_MS });
}

describe('a protection, to the oracle', () => {
  it('is of one customer by its id, and of all that have the domain by domain', () => {
    const by = (kind: 'id' | 'domain' | 'pattern') =>
      customers.map((_, place) =>
        isShielded(worldAt(START_MS), [{ customer: 0, by: kind }], place),
      );
    expect(by('id')).toEqual([true, false, false]);
    expect(by('domain')).toEqual([true, true, false]);
    expect(by('pattern')).toEqual([true, true, false]);
  });

  it.each([
    [-1, true],
    [0, false],
    [1, false],
  ])('%d ms from its end protects: %s', (fromEndMs, holds) => {
    const shields = [{ customer: 0, by: 'id', endsAfterMs: 5_000 }] as const;
    const nowMs = START_MS + 5_000 + fromEndMs;
    expect(isShielded(worldAt(nowMs), shields, 0)).toBe(holds);
    expect(isShielded(worldAt(0), shields, 0, nowMs)).toBe(holds);
  });

  it('applied at every check, at some, or never', () => {
    const checks = new Checks();
    expect(checks.protection('t')).toBe('never');
    checks.began('t', 'enforce', true, 'all');
    expect(checks.protection('t')).toBe('at every check');
    checks.began('t', 'off', false, 'none');
    expect(checks.protection('t')).toBe('at some checks');
    expect([...checks.takenIn('t')]).toEqual(['enforce']);
    expect([...checks.modes('t', 'dry-run')]).toEqual(['enforce', 'off']);
    expect([...checks.modes('other', 'dry-run')]).toEqual(['dry-run']);
  });

  // Seed 2744: it ended between the check's beginning and the guard that asks for it.
  it('may not have applied at a check during which it ended', () => {
    const checks = new Checks();
    checks.began('t', 'enforce', false, 'part');
    expect(checks.protection('t')).toBe('at some checks');
  });
});

describe('an outcome is unexpected', () => {
  const said = (
    mode: TeardownMode,
    outcome: string,
    reason: string,
    more: object = {},
    ...takenIn: readonly TeardownMode[]
  ) =>
    unexpectedOutcome(
      worldAt(START_MS),
      { mode, shields: [{ customer: 0, by: 'id', endsAfterMs: 500_000 }], sweepIsEmptied: false },
      { messageId: 't', customer: 2, ...more },
      invocationOf('t:check:1'),
      { outcome, reason },
      new Set(takenIn),
    ) !== undefined;

  it('if a request that was taken in dry run deleted, and not if it only planned', () => {
    expect(said('enforce', 'deleted', 'released', {}, 'dry-run')).toBe(true);
    expect(said('enforce', 'planned', 'dry-run', {}, 'dry-run')).toBe(false);
    expect(said('enforce', 'deleted', 'released', {}, 'dry-run', 'enforce')).toBe(false);
    expect(said('enforce', 'planned', 'dry-run', {}, 'enforce')).toBe(true);
  });

  it("if it is not the kill switch's own, or is that without the kill switch", () => {
    expect(said('off', 'skipped', 'switched-off')).toBe(false);
    expect(said('off', 'deleted', 'already-gone')).toBe(true);
    expect(said('enforce', 'skipped', 'switched-off')).toBe(true);
  });

  it('if a dry run deleted, or a live run only planned', () => {
    expect(said('dry-run', 'deleted', 'released')).toBe(true);
    expect(said('enforce', 'deleted', 'released', { dryRun: true })).toBe(true);
    expect(said('enforce', 'deleted', 'released')).toBe(false);
    expect(said('enforce', 'planned', 'dry-run')).toBe(true);
    expect(said('dry-run', 'planned', 'dry-run')).toBe(false);
  });

  it('if a customer was skipped as protected without a protection', () => {
    expect(said('enforce', 'skipped', 'protected')).toBe(true);
    expect(said('enforce', 'skipped', 'protected', { customer: 0 })).toBe(false);
  });
});

describe("a stranger's message", () => {
  const plan = {
    messageId: 't',
    forged: { mark: 'forged 1', attempt: 3, startedMs: START_MS, listsNothing: false },
  };

  it('is followed by the mark that everything carries that follows from it', () => {
    const strangers = new Strangers();
    strangers.forged(plan);
    const marked = { request: { reason: 'forged 1' } };
    expect(strangers.planOf(invocationOf('t:check:4', marked))).toBe(plan);
    expect(strangers.planOf(invocationOf('t:check:4'))).toBeUndefined();
    expect([strangers.hasForged('t'), strangers.hasForged('u')]).toEqual([true, false]);
  });

  it('loses a teardown only if it displaced a check, or a message was taken out', () => {
    const strangers = new Strangers();
    strangers.foreign('t:check:2');
    expect(strangers.mayBeLost('t')).toBe(false);
    expect(strangers.displaces('t:check:3')).toBe(false);
    expect(strangers.displaces('t:check:2')).toBe(true);
    expect(strangers.mayBeLost('t')).toBe(true);
    strangers.takenOut('u:check:1');
    expect([strangers.mayBeLost('u'), strangers.mayBeLost('v')]).toEqual([true, false]);
  });

  it('is answered under its own id, and the answer names the teardown whose check it was named like', () => {
    const strangers = new Strangers();
    for (const id of ['t:check:2', 'noise']) strangers.foreign(id);
    const answer = (about: string, possiblyDisplaced?: string) =>
      judgeForeign(strangers, {
        ...{ messageId: `${about}:foreign-check`, correlationId: about },
        body: { data: { outcome: 'rejected', reason: 'foreign-check', possiblyDisplaced } },
      });
    expect(answer('t:check:2', 't')).toBeUndefined();
    expect(answer('t:check:2')).toMatch(/was answered/);
    expect(answer('noise')).toBeUndefined();
    expect(answer('t:check:3', 't')).toBe("Its own check t:check:3 was refused as a stranger's.");
  });

  it('does not concern the request with the same id', () => {
    const strangers = new Strangers();
    strangers.foreign('t');
    expect(strangers.sent(invocationOf('t'))).toBe(true);
    expect(strangers.sent(invocationOf('t', {}, 'teardown-requests'))).toBe(false);
  });
});

describe('a run of the nightly timer has as its scheduled time,', () => {
  it.each([
    [-60_001, -SWEEP_PERIOD_MS],
    [-60_000, 0],
    [-3, 0],
    [0, 0],
    [SWEEP_PERIOD_MS - 60_001, 0],
    [SWEEP_PERIOD_MS - 60_000, SWEEP_PERIOD_MS],
    [6 * SWEEP_PERIOD_MS, 6 * SWEEP_PERIOD_MS],
  ])('at %d ms from its time, the time at %d ms', (fromMs, dueMs) => {
    expect(occurrenceOf(START_MS + fromMs)).toBe(START_MS + dueMs);
  });
});
