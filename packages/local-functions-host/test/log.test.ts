import { expect, test } from 'vitest';
import type { HostEvent } from '../src/events.ts';
import { createLog, isShown, minimumLevel } from '../src/log.ts';

const levels = {
  default: 'warning',
  Function: 'information',
  'Function.sweep': 'error',
  'Function.sweep.User': 'trace',
} as const;

test.each([
  ['Host.Startup', 'warning'],
  ['Function.cancel.User', 'information'],
  ['Function.sweep', 'error'],
  ['function.SWEEP.user', 'trace'],
  ['Functions.other', 'warning'],
])('the category %s shows %s and above', (category, level) => {
  expect(minimumLevel(category, levels)).toBe(level);
});

test('without any setting, information and above is shown', () => {
  expect(isShown({ level: 'information', category: 'Worker' }, {})).toBe(true);
  expect(isShown({ level: 'debug', category: 'Worker' }, {})).toBe(false);
});

test('a category set to none is silent', () => {
  expect(isShown({ level: 'critical', category: 'Worker' }, { Worker: 'none' })).toBe(false);
});

test('errors go to stderr, the rest to stdout, and each entry to the parent', () => {
  const lines: string[] = [];
  const events: HostEvent[] = [];
  const log = createLog(
    {},
    {
      stdout: (line) => lines.push(`out ${line}`),
      stderr: (line) => lines.push(`err ${line}`),
      emit: (event) => events.push(event),
      now: () => new Date('2026-11-22T01:02:03.123Z'),
    },
  );
  log({ level: 'information', category: 'Host.Startup', message: 'Hello.' });
  log({ level: 'error', category: 'Function.sweep.User', functionName: 'sweep', message: 'Ouch.' });
  log({ level: 'debug', category: 'Host.Startup', message: 'Not shown.' });
  expect(lines).toEqual([
    'out [2026-11-22T01:02:03.123Z] Hello.',
    'err [2026-11-22T01:02:03.123Z] [sweep] error: Ouch.',
  ]);
  expect(events.map((event) => event.type)).toEqual(['log', 'log']);
});
