import { connect } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { listenForCode } from '../../src/cli/consent/redirect.ts';

/** Sends a request's head as it is; resolves to the first line of the answer, when the connection has ended. */
function send(port: number, head: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer.split('\r\n')[0] ?? ''));
    socket.end(Buffer.from(head, 'latin1'));
  });
}

const requestTo = (target: string) => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

const targets = [
  '/',
  '//',
  '///',
  '//[',
  '//@',
  '/\\',
  '\\',
  '*',
  '%',
  '%zz',
  '?',
  '?state',
  'http://',
  'http://[',
  'http://a b/',
  'https://x:99999/',
  'localhost:80',
  '/?state=another&code=stolen',
  '//?state=right&code=stolen',
  `/${'a'.repeat(8_000)}`,
  '/\u00ff\u0080',
];

const heads = [
  ...targets.map(requestTo),
  'POST /?state=right&code=stolen HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n',
  'CONNECT / HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n',
  'GET\r\n\r\n',
  '\r\n\r\n',
  '\u0000\u0001\u0002\r\n\r\n',
  `GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
  'GET / HTTP/1.1\r\nHost: loc',
];

it('the listener of a consent survives every odd request, and then takes the code', async () => {
  const redirect = await listenForCode('right');
  onTestFinished(() => redirect.close());
  const port = Number(new URL(redirect.uri).port);
  for (const head of heads) {
    expect(await send(port, head), head.slice(0, 60)).not.toMatch(/ [23]\d\d /);
  }
  expect(await send(port, requestTo('/?state=right&code=given'))).toBe('HTTP/1.1 200 OK');
  expect(await redirect.code).toBe('given');
});

it('the listener of a consent says in plain text whether a redirect was for it', async () => {
  const redirect = await listenForCode('right');
  onTestFinished(() => redirect.close());
  const answerTo = async (query: string) => {
    const answer = await fetch(`${redirect.uri}/${query}`);
    return [answer.status, answer.headers.get('content-type'), await answer.text()];
  };
  expect(await answerTo('?state=another&code=stolen')).toEqual([404, 'text/plain', 'Not found.']);
  const thanks = 'You can close this window; see the terminal.';
  expect(await answerTo('?state=right&code=given')).toEqual([200, 'text/plain', thanks]);
});

it('the listener of a consent leaves nothing open that keeps the process alive', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const redirect = await listenForCode('right');
  const port = Number(new URL(redirect.uri).port);
  // Someone who has said half of what they want, and waits.
  const socket = connect({ host: '127.0.0.1', port });
  onTestFinished(() => void socket.destroy());
  const isOver = new Promise<boolean>((resolve) => socket.once('close', () => resolve(true)));
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => socket.write('GET / HTTP/1.1\r\n', () => resolve()));
  let output = 'nothing';
  redirect.code.catch((error: unknown) => {
    output = String(error);
  });
  redirect.close();
  await vi.advanceTimersByTimeAsync(15 * 60 * 1000);
  expect(output).toBe('nothing');
  expect(await isOver).toBe(true);
  expect(await connects('127.0.0.1', port)).toBe(false);
});

it('the listener of a consent cannot be reached from another machine', async () => {
  const redirect = await listenForCode('right');
  onTestFinished(() => redirect.close());
  const { port } = new URL(redirect.uri);
  // Another address of this machine, at which a listener on all of them would answer.
  expect(await connects('127.0.0.2', Number(port), MAX_WAIT_MS)).toBe(false);
  expect(await connects('127.0.0.1', Number(port))).toBe(true);
});

/** Some systems answer nothing at an address that has no listener. */
const MAX_WAIT_MS = 2_000;

function connects(host: string, port: number, timeout = 0): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true));
    socket.once('timeout', end(false));
    socket.once('error', end(false));
  });
}
