import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readDeployment } from '../../scripts/cost/deployment.ts';
import { billedMs, gbSecondsOf, heldMs } from '../../scripts/cost/held.ts';
import {
  deadLetterRuns,
  dollarsAfterGrants,
  listDollars,
  monthOf,
} from '../../scripts/cost/month.ts';
import {
  computeDollars,
  gbSecondsAlone,
  gbSecondsOfNight,
  playNight,
  total,
} from '../../scripts/cost/night.ts';
import { dollarsBeyondFree, dollarsOf, PRICES } from '../../scripts/cost/price-list.ts';
import { MAX_PER_NIGHT } from '../../scripts/cost/report.ts';
import { COST_PAGE, costPage } from '../../scripts/cost.ts';

const assumed = { apiRequestMs: 400, sendMs: 25, ownWorkMs: 100, memoryMB: 512 };
const tenMinutes = (purchase: number) => (purchase % 60) * 10_000;

it('docs/cost.md quotes what the command says today (npm run cost -- --write)', async () => {
  expect(await readFile(COST_PAGE, 'utf8')).toBe(await costPage());
});

describe('a night of 75 customers', () => {
  it.each([
    ['cancelled at once', () => 0],
    ['cancelled within ten minutes', tenMinutes],
  ])(
    '%s, is cheap: its compute and a day of the timer cost less than $0.05',
    async (_name, takesMs) => {
      const night = await playNight(takesMs);
      expect(night.deleted).toBe(75);
      const { aDay, heldMs: timerMs } = deadLetterRuns(assumed);
      const timer = dollarsOf('functionsGbSecond', aDay * gbSecondsOf(billedMs(timerMs), assumed));
      const alone = gbSecondsAlone(night, assumed);
      expect(computeDollars(night, alone) + timer).toBeLessThan(MAX_PER_NIGHT);
      expect(gbSecondsOfNight(night, assumed)).toBeLessThan(0.8 * alone);
    },
  );

  it('costs more where answers are slower, and nothing is counted twice', async () => {
    const night = await playNight(() => 0);
    expect(total(night, 'apiRequests')).toBe(75 * 12 + 2);
    // The sweep, then a check that cancels and one that deletes; an outcome each, and the sweep's own event.
    expect(night.executions).toHaveLength(1 + 75 * 2);
    expect(total(night, 'messagesSent')).toBe(75 * 3 + 1);
    const slow = { ...assumed, apiRequestMs: 800 };
    expect(gbSecondsAlone(night, slow)).toBeGreaterThan(gbSecondsAlone(night, assumed));
    const slowNight = await playNight(() => 0, slow);
    expect(gbSecondsOfNight(slowNight, slow)).toBeGreaterThan(gbSecondsOfNight(night, assumed));
  });
});

describe('the billed time', () => {
  it('is at least a second, then every tenth of a second begun', () => {
    expect([0, 1_000, 1_001, 1_100].map(billedMs)).toEqual([1_000, 1_000, 1_100, 1_100]);
  });

  it('is the time that an execution waits for answers, plus its own', () => {
    expect(heldMs({ apiRequests: 7, messagesSent: 1 }, assumed)).toBe(100 + 7 * 400 + 25);
    expect(gbSecondsOf(2_000, { ...assumed, memoryMB: 2048 })).toBe(4);
  });

  it('is reduced by what the base charge includes, and by a free grant once for each meter', () => {
    expect(dollarsOf('serviceBusOperation', 13_000_000)).toBe(0);
    expect(dollarsOf('serviceBusOperation', 14_000_000)).toBeCloseTo(0.8);
    expect(dollarsBeyondFree('logGigabyte', 6)).toBeCloseTo(2.3);
    const line = { what: 'half', meter: 'logGigabyte', quantity: 3 } as const;
    expect(dollarsAfterGrants([line, line])).toBeCloseTo(2.3);
    expect(listDollars([line, line])).toBeCloseTo(6 * 2.3);
  });
});

it('a month takes memory and alerts from the Bicep, and every meter that has a price', async () => {
  const deployment = await readDeployment();
  const night = { executions: [], deleted: 0, sleptMs: 0, activeMs: [] };
  const lines = monthOf(night, deployment, assumed);
  expect(lines.find(({ meter }) => meter === 'logAlertRule')?.quantity).toBeGreaterThan(0);
  expect([512, 2048]).toContain(deployment.memoryMB);
  expect(new Set(lines.map(({ meter }) => meter))).toEqual(new Set(Object.keys(PRICES)));
});

it('every price names its source and its date, or says that the date is unknown', () => {
  for (const { source, dollars } of Object.values(PRICES)) {
    expect(source).toMatch(/20\d\d-\d\d-\d\d|without a day/);
    expect(dollars).toBeGreaterThan(0);
  }
});
