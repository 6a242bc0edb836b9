import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SandboxServer, startSandbox } from '../src/sandbox-server.ts';

let server: SandboxServer;
beforeAll(async () => {
  server = await startSandbox();
});
afterAll(() => server.close());

/** The status of a request with these headers, as any program can send it, a browser too. */
function status(method: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${server.controlUrl}${path}`, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

const right = () => ({ Authorization: `Bearer ${server.controlToken}` });

describe('the control surface', () => {
  it.each(['127.0.0.1', '127.0.0.1:80', 'localhost', 'LocalHost:4711'])(
    'answers who has the token, at %s',
    async (Host) => expect(await status('GET', '/state', { ...right(), Host })).toBe(200),
  );

  it.each([
    'attacker.example',
    'attacker.example:80',
    '127.0.0.1.attacker.example',
    'localhost.attacker.example',
    '0.0.0.0',
    '[::1]',
    '127.0.0.1@attacker.example',
    '[',
  ])('refuses the Host "%s", by which a page could reach it', async (Host) => {
    expect(await status('POST', '/reset', { ...right(), Host })).toBe(403);
  });

  it.each(['https://attacker.example', 'null', 'http://localhost:3000'])(
    'refuses the page of %s, even with the token',
    async (Origin) => {
      expect(await status('POST', '/reset', { ...right(), Origin })).toBe(403);
      expect(await status('POST', '/reset', { ...right(), Origin: server.controlUrl })).toBe(403);
    },
  );

  it.each(['OPTIONS', 'GET'])('refuses %s of a target that is no path', async (method) => {
    const { hostname, port } = new URL(server.controlUrl);
    const answer = new Promise<number>((resolve, reject) => {
      request({ hostname, port, method, path: '*', headers: right() }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
    expect(await answer).toBe(400);
  });

  it('refuses who has no token, or another, on every path', async () => {
    server.sandbox.addCustomer({ purchases: [] });
    const { controlToken } = server;
    for (const headers of [
      {},
      { Authorization: 'Bearer ' },
      { Authorization: controlToken },
      { Authorization: `Basic ${controlToken}` },
      { Authorization: `Bearer ${controlToken.slice(0, -1)}` },
      { Authorization: `Bearer ${controlToken}x` },
      { 'X-Token': controlToken },
    ]) {
      expect(await status('POST', '/reset', headers)).toBe(401);
      expect(await status('GET', '/state', headers)).toBe(401);
      expect(await status('GET', '/nothing', headers)).toBe(401);
    }
    expect(server.sandbox.state().customers).toHaveLength(1);
  });

  it('has another token at every start, although all else comes from the seed', async () => {
    const other = await startSandbox();
    await other.close();
    expect(other.clientSecret).toBe(server.clientSecret);
    expect(other.controlToken).not.toBe(server.controlToken);
    expect(other.controlToken).toHaveLength(43);
  });
});
