import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { RawAnswer } from './answers.ts';
import { API_URL } from './client.ts';
import type { Wire } from './fetch.ts';

/** The same over HTTP: Node's own `fetch`, and a server that sends what it is told to. One request at a time. */
export async function httpWire(): Promise<Wire> {
  let answer: RawAnswer | undefined;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (answer === undefined || answer.broken === true) request.socket.destroy();
      else response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return (answerTo, timePasses) => {
    const state = { requests: 0, bytes: 0 };
    return {
      state,
      async fetch(input, init) {
        const request = new Request(input, init);
        state.requests += 1;
        answer = answerTo(request);
        timePasses();
        const { method, headers, redirect, signal } = request;
        const body = (await request.text()) || null;
        const url = request.url.replace(API_URL, `http://127.0.0.1:${port}`);
        return fetch(url, { method, headers, redirect, signal, body });
      },
    };
  };
}
