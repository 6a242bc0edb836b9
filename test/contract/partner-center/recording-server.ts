import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it went over the wire; its headers in order of their names, because their own order says nothing. */
export interface Recorded {
  readonly line: string;
  readonly headers: readonly string[];
  readonly body: string;
}

/** Keeps what it is asked, and answers with what is given for it, or with `{}`. */
export async function recordingServer(answers: readonly unknown[]) {
  const recorded: Recorded[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const { method, url, rawHeaders } = request;
    const headers = rawHeaders.flatMap((name, place) =>
      place % 2 === 0 ? [`${name}: ${rawHeaders[place + 1]}`] : [],
    );
    recorded.push({ line: `${method} ${url}`, headers: headers.sort(), body });
    response.writeHead(method === 'DELETE' ? 204 : 200, { 'content-type': 'application/json' });
    response.end(method === 'DELETE' ? '' : JSON.stringify(answers[recorded.length - 1] ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { apiUrl: `http://127.0.0.1:${port}`, recorded };
}
