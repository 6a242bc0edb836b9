import { parseNcrontab } from 'local-functions-host/ncrontab';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/settings/settings.ts';
import { growthOf, MAX_GROWTH } from '../security/linear-time.ts';
import { GOOD_SETTINGS } from './good-settings.ts';

/** Linux takes no longer variable for a process. */
const MAX_VARIABLE_LENGTH = 128 * 1024;

const names = ['SWEEP_SCHEDULE', 'DEAD_LETTER_SCHEDULE'] as const;
const readWith = (name: string, schedule: string) =>
  readSettings({ ...GOOD_SETTINGS, [name]: schedule });

/** Most from NCrontab's own tests (atifaziz/NCrontab, CrontabScheduleTests.cs). */
/** Of those that are taken. */
const severalSeconds = ['2/5 * * * * *', '45-47,48,49 * * * * *', '* * * * * *', '*,5 * * * * *'];

const taken = [
  '0 */10 * * * *',
  '33 10,25,40 * * * *',
  '33 10-40/15 * * * *',
  '22 * * * */2 *',
  '55 * * * Mar,Jan,Aug Fri,Mon-Tue',
  '2/5 * * * * *',
  '45-47,48,49 * * * * *',
  '0 10 * * February,April-Jun *',
  '0 20 * * january,FeB,Mar,april,May,JuNE,July,Augu,SEPT-October,Nov,DECEM *',
  '0 30 6 * * SUNDAY',
  '0 0 2 * J s',
  ' 0  0   2 * * * ',
  '59 59 23 31 12 6',
  '0 0 0 1 1 0',
  '0 0 02 * * *',
  '*/100 * * * * *',
  '* * * * * *',
  '*,5 * * * * *',
  '0 0 0 29 2 *',
  '0 0 0 29 Feb Mon',
  '0 0 0 30,31 2,4 *',
  '0 0 0 31 Jan-Feb *',
  '0 0 0 20/5 2 *',
] as const;

const refused: readonly (readonly [schedule: string, why: string])[] = [
  ['60 0 2 * * *', 'its second must be from 0 to 59'],
  ['0 61 2 * * *', 'its minute must be from 0 to 59'],
  ['0 0 25 * * *', 'its hour must be from 0 to 23'],
  ['0 0 24 * * *', 'its hour must be from 0 to 23'],
  ['0 0 2 0 * *', 'its day must be from 1 to 31'],
  ['0 0 2 32 * *', 'its day must be from 1 to 31'],
  ['0 0 2 * 0 *', 'its month must be from 1 to 12'],
  ['0 0 2 * 13 *', 'its month must be from 1 to 12'],
  ['0 0 2 * * 7', 'its day of the week must be from 0 to 6'],
  ['0 0 2 * * 0-7', 'its day of the week must be from 0 to 6'],
  ['0 0 2 L * *', 'its day must be'],
  ['0 0 2 15W * *', 'its day must be'],
  ['0 0 2 ? * *', 'its day must be'],
  ['0 0 2 * * 5#2', 'its day of the week must be'],
  ['0 0 2 * * 5L', 'its day of the week must be'],
  ['0 0 2 * foo *', 'its month must be'],
  ['0 0 2 * * foo', 'its day of the week must be'],
  ['0 0 2 Mon * *', 'its day must be'],
  ['0 0 2 * Janx *', 'its month must be'],
  ['0 0 two * * *', 'its hour must be'],
  ['0 0 0x2 * * *', 'its hour must be'],
  ['0 0 1e1 * * *', 'its hour must be'],
  ['1,2,3,456,7 * * * * *', 'its second must be'],
  ['1,Z,3 * * * * *', 'its second must be'],
  ['1/Z * * * * *', 'its second must be'],
  ['3-l2 * * * * *', 'its second must be'],
  ['1,,2 * * * * *', 'its second must be'],
  [',1 * * * * *', 'its second must be'],
  ['1, * * * * *', 'its second must be'],
  ['1- * * * * *', 'its second must be'],
  ['1-2-3 * * * * *', 'its second must be'],
  ['*-5 * * * * *', 'its second must be'],
  ['*/ * * * * *', 'its second must be'],
  ['*/2/3 * * * * *', 'its second must be'],
  ['-1 * * * * *', 'its second must be'],
  ['0 */0 * * * *', 'its minute has a step of 0'],
  ['0 5/00 * * * *', 'its minute has a step of 0'],
  ['0 0 2 * FEB-JAN *', 'its month has a range that runs backwards'],
  ['0 0 10-9 * * *', 'its hour has a range that runs backwards'],
  ['0 0 2 31 2 *', 'none of its months has such a day'],
  ['0 0 2 30 Feb *', 'none of its months has such a day'],
  ['0 0 2 31 2,4,6,9,11 *', 'none of its months has such a day'],
  ['0 0 2 30/1 2 *', 'none of its months has such a day'],
  ['0 2 * * *', 'has 5 fields'],
  ['0 0 2 * * * *', 'has 7 fields'],
  ['0 0 2\t* * *', 'has 5 fields'],
  ['@daily', 'has 1 field.'],
  ['00:05:00', 'has 1 field.'],
];

describe('a schedule', () => {
  it.each(taken)('is taken as NCrontab takes it: "%s"', (schedule) => {
    for (const name of names) {
      const isTooOften = name === 'SWEEP_SCHEDULE' && severalSeconds.includes(schedule);
      if (!isTooOften) expect(() => readWith(name, schedule)).not.toThrow();
    }
  });

  it.each(severalSeconds)('of a sweep is not due twice within a minute: "%s"', (schedule) => {
    expect(() => readWith('SWEEP_SCHEDULE', schedule)).toThrow(
      `SWEEP_SCHEDULE must not be due twice within a minute, but is "${schedule}".`,
    );
  });

  it('of a sweep may be due once in each minute', () => {
    expect(() => readWith('SWEEP_SCHEDULE', '59 * * * * *')).not.toThrow();
  });

  it.each(refused)('is refused, by its setting\'s name: "%s", which %s', (schedule, why) => {
    for (const name of names) {
      const message = new RegExp(`${name} must be a schedule of six fields .*, but `);
      expect(() => readWith(name, schedule)).toThrow(message);
      expect(() => readWith(name, schedule)).toThrow(`but ${why}`);
    }
  });

  it('that is accepted comes due', () => {
    // What the embedded host reads too: no name within a list or a range, no step longer than the field.
    const readable = taken.filter((schedule) => !/[a-z]|\*,5|\/100/i.test(schedule));
    expect(readable.length).toBeGreaterThan(9);
    for (const schedule of readable) {
      const { nextMs } = parseNcrontab(schedule.trim());
      expect(nextMs(Date.UTC(2026, 10, 22)), schedule).toBeGreaterThan(0);
    }
  });

  it.each(['1,', '0', ' ', '*/', 'a-', '0-9/'])(
    'takes no more than its length in time, however long a variable can be: many of "%s"',
    async (part) => {
      const read = (length: number): void => {
        const field = `${part.repeat(length / part.length)}x`;
        expect(() => readWith('SWEEP_SCHEDULE', `0 0 2 * * ${field}`)).toThrow('SWEEP_SCHEDULE');
      };
      expect(await growthOf(read, MAX_VARIABLE_LENGTH)).toBeLessThan(MAX_GROWTH);
    },
  );
});
