import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { instanceLog, logsOf, MAX_TEXT_LENGTH } from '../../src/functions/log-lines.ts';
import { EVENTS } from '../../src/teardown/log/log-events.ts';
import { problemsOf } from './line-problems.ts';

/** A worker's log, which keeps each line with its level. */
function worker() {
  const lines: [level: string, line: string][] = [];
  const context = {
    log: (line: string) => void lines.push(['info', line]),
    warn: (line: string) => void lines.push(['warn', line]),
  };
  return { lines, log: logsOf(context)('teardown-1') };
}

describe('a line', () => {
  it('is short enough not to be cut, whatever is in it', () => {
    const hostile = fc.string({ unit: 'binary', maxLength: 3 * MAX_TEXT_LENGTH });
    const worst = fc.constant('\u0000'.repeat(3 * MAX_TEXT_LENGTH));
    const text = fc.oneof(hostile, worst);
    fc.assert(
      fc.property(text, text, text, text, (why, messageId, cause, description) => {
        const { lines, log } = worker();
        log('dead-letter-not-handled', { queue: 'checks', messageId, cause, description, why });
        expect(lines.flatMap(([, line]) => problemsOf(line))).toEqual([]);
        expect(lines.map(([, line]) => line).join('')).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });

  it('is one line to every reader, and parses to what was logged', () => {
    const { lines, log } = worker();
    const why = 'a\u007fb\u0085c\u2028d\u2029e\u{1f600}';
    log('entitlements-refused', { why });
    expect(lines).toEqual([
      [
        'warn',
        '{"event":"entitlements-refused","correlationId":"teardown-1","why":"a\\u007fb\\u0085c\\u2028d\\u2029e\u{1f600}"}',
      ],
    ]);
    expect(JSON.parse(lines[0]?.[1] ?? '')).toMatchObject({ why });
  });

  it('of the whole instance is a warning without the id of any teardown', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined);
    onTestFinished(() => warn.mockRestore());
    instanceLog('refresh-token-not-stored', { why: 'The vault is out of reach.' });
    const line = '{"event":"refresh-token-not-stored","why":"The vault is out of reach."}';
    expect(warn.mock.calls).toEqual([[line]]);
    expect(problemsOf(line)).toEqual([]);
  });

  it('has the level that the schema gives its event', () => {
    const { lines, log } = worker();
    log('rate-limited', { operation: 'get-customer', why: 'Too many.' });
    log('entitlements-refused', { why: 'No role.' });
    expect(lines.map(([level]) => level)).toEqual(['info', 'warn']);
    expect([EVENTS['rate-limited'].level, EVENTS['entitlements-refused'].level]).toEqual([
      'info',
      'warn',
    ]);
  });

  it('leaves out undefined fields', () => {
    const { lines, log } = worker();
    log('rate-limited', { operation: 'get-customer', why: 'Too many.', delayMs: undefined });
    expect(lines).toEqual([
      [
        'info',
        '{"event":"rate-limited","correlationId":"teardown-1","operation":"get-customer","why":"Too many."}',
      ],
    ]);
  });
});

describe('host.json', async () => {
  const { logging } = JSON.parse(
    await readFile(new URL('../../host.json', import.meta.url), 'utf8'),
  );

  it('excludes what the queries read from sampling', () => {
    const { isEnabled, excludedTypes } = logging.applicationInsights.samplingSettings;
    const sampled = isEnabled === false ? [] : ['Trace', 'Request', 'Exception', 'Event'];
    const excluded = String(excludedTypes).split(';');
    expect(sampled.filter((type) => !excluded.includes(type))).toEqual([]);
  });

  it.each(['Azure.Core', 'Azure.Messaging.ServiceBus'])(
    'hears of %s only what is wrong: of each request it made nearly all that an idle instance writes',
    (category) => {
      expect(logging.logLevel[category]).toBe('Warning');
    },
  );

  it.each(['Function', 'Host.Results', 'Host.Function.Console'])(
    'names the level of %s itself, so that a higher default does not silence it',
    (category) => {
      expect(logging.logLevel[category]).toBe('Information');
    },
  );
});
