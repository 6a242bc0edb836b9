import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FunctionsHost } from '../src/spawn-functions-host.ts';
import { HostRecorder } from './host-recorder.ts';

const recorder = new HostRecorder();
let host: FunctionsHost;

beforeAll(async () => {
  host = await recorder.spawn('es-module', { EXTRA: 'given', SCHEDULE: '0 0 0 29 2 *' });
});

afterAll(async () => {
  await host.kill();
});

const userLines = (functionName: string) =>
  recorder
    .all('log', ({ category }) => category === `Function.${functionName}.User`)
    .map(({ level, message }) => `${level} ${message}`);

test('an ES module app is loaded and its functions are named', () => {
  expect(host.functions).toEqual(
    ['chatty', 'quiet', 'failing', 'endless'].map((name) => ({ name, trigger: 'timerTrigger' })),
  );
  expect(host.loadMs).toBeGreaterThan(0);
});

test('a timer run by hand gets the timer, the settings, the core module and a trace', async () => {
  await host.invoke('chatty');
  const [timer, , greeting, core] = userLines('chatty');
  expect(JSON.parse(timer?.replace('debug timer ', '') ?? '')).toEqual({
    schedule: { adjustForDST: true },
    scheduleStatus: {
      last: '0001-01-01T00:00:00',
      next: '2028-02-29T00:00:00.000+00:00',
      lastUpdated: '0001-01-01T00:00:00',
    },
    isPastDue: false,
  });
  expect(greeting).toBe('information from the file; given');
  expect(core).toMatch(/^information core true 00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
});

test('hooks run around the function in order and share their data, and a log hook rewrites lines', () => {
  expect(userLines('chatty')).toContain('warning the *** word');
  expect(userLines('chatty').at(-1)).toBe('information order pre function post');
});

test('log levels of host.json decide which lines are shown', async () => {
  await host.invoke('quiet');
  expect(userLines('quiet')).toEqual(['information order pre function post']);
});

test("the app's console goes to a category of its own, and its level is guessed from the words", async () => {
  const lines = recorder.all('log', ({ category }) => category === 'Host.Function.Console');
  expect(lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
    'information app started 0',
    'information to stdout { a: 1 }',
    'warning a warning',
    'error it failed',
    'information said on stderr',
    'information in two lines',
  ]);
});

test('a run is reported by event and log line', async () => {
  const [started] = recorder.all('invocation-started', (event) => event.functionName === 'quiet');
  const [ended] = recorder.all('invocation-ended', (event) => event.functionName === 'quiet');
  expect(started).toMatchObject({ id: ended?.id, atMs: expect.any(Number) });
  expect(ended).toMatchObject({ succeeded: true, durationMs: expect.any(Number) });
  const lines = recorder.all('log', (event) => event.invocationId === ended?.id);
  expect(lines.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Executing 'Functions\.quiet' \(Reason='.*', Id=[0-9a-f-]{36}\)$/),
    'order pre function post',
    expect.stringMatching(/^Executed 'Functions\.quiet' \(Succeeded, Id=.*, Duration=\d+ms\)$/),
  ]);
});

test('a run that throws rejects with its error, which is logged', async () => {
  await expect(host.invoke('failing')).rejects.toThrow('The sweep went wrong.');
  const [failed] = recorder.all(
    'log',
    ({ level, category }) => level === 'error' && category === 'Function.failing',
  );
  expect(failed?.message).toMatch(/^Executed 'Functions\.failing' \(Failed, .*\nError: The sweep/);
});

test('a run longer than functionTimeout fails', async () => {
  await expect(host.invoke('endless')).rejects.toThrow(
    'Timeout value of 0.1 s was exceeded by function: Functions.endless.',
  );
});

test('a function that does not exist cannot be run', async () => {
  await expect(host.invoke('nothing')).rejects.toThrow('There is no function "nothing"');
});

test('a host that is stopped runs the last hooks and exits with 0', async () => {
  await expect(host.stop()).resolves.toEqual({ exitCode: 0 });
  await expect(host.exited).resolves.toEqual({ exitCode: 0, signal: null, expected: true });
  expect(recorder.output).toContainEqual(expect.stringMatching(/^stdout \[.*\] app terminated$/));
  await expect(host.invoke('quiet')).rejects.toThrow('The functions host ended before "quiet"');
});
