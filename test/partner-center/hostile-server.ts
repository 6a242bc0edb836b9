import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { api } from '../../src/partner-center/api.ts';
import { partnerCenterClient } from '../../src/partner-center/client.ts';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Closes the connection after the headers and half of the body. */
  readonly cut?: boolean;
  /** Sends the headers and half of the body, and then nothing more. */
  readonly stuck?: boolean;
}

/** A token like a real one: three parts, and a tenant in the middle. */
export const TOKEN = `eyJhbGciOiJub25lIn0.${Buffer.from('{"tid":"t"}').toString('base64url')}.c2VjcmV0`;

/** A server that answers every request with what it is told to, and a client for it. */
export async function hostileServer(timeoutMs = 60_000) {
  let answer: RawAnswer = { status: 200, headers: {}, body: '{}' };
  const state = { requests: 0, paths: [] as string[] };
  const server = createServer((request, response) => {
    state.requests += 1;
    state.paths.push(request.url ?? '');
    request.resume().on('end', () => reply(response, answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const token = { token: TOKEN, expiresMs: Number.POSITIVE_INFINITY };
  const client = () =>
    partnerCenterClient(
      api(
        {
          apiUrl: `http://127.0.0.1:${port}`,
          tokens: { current: async () => token, after: async () => token },
          limiter: { take: () => undefined, pause: () => undefined },
          timeoutMs,
          nowMs: () => Date.now(),
        },
        'teardown-1',
      ),
    );
  return {
    state,
    client,
    port,
    answers: (next: RawAnswer) => {
      answer = next;
      state.requests = 0;
      state.paths = [];
    },
  };
}

function reply(response: ServerResponse, { status, headers, body, cut, stuck }: RawAnswer): void {
  response.writeHead(status, { ...headers });
  if (cut === true || stuck === true) {
    response.write(body.slice(0, Math.ceil(body.length / 2)), () => {
      // Once it is on its way: the client is to get it before the connection closes.
      if (cut === true) response.socket?.end();
    });
  } else {
    response.end(body);
  }
}
