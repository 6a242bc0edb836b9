import { describe, expect, test } from 'vitest';
import { api } from '../../../src/partner-center/api.ts';
import { partnerCenterClient } from '../../../src/partner-center/client.ts';
import { type Client, cases } from './app-requests.ts';
import { recordingServer } from './recording-server.ts';
import { sender } from './sender.ts';

const TOKEN = 'a.token.of-nobody';
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The app's client as it is deployed, but for the credentials. */
function appAt(apiUrl: string): Client {
  const token = { token: TOKEN, expiresMs: Number.POSITIVE_INFINITY };
  const tokens = { current: async () => token, after: async () => token };
  const limiter = { take: () => undefined, pause: () => undefined };
  return partnerCenterClient(
    api({ apiUrl, tokens, limiter, timeoutMs: 10_000, nowMs: () => 0 }, 'teardown-1'),
  );
}

const headerOf = (headers: readonly string[], name: string) =>
  headers.find((header) => header.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';

describe('the contract suite sends what the app sends, byte for byte:', () => {
  test.each(cases.map((each) => [each.call, each.of ?? 'as it is', each] as const))(
    '%s (%s)',
    async (_call, _of, { app, asked, answers = [] }) => {
      const { apiUrl, recorded } = await recordingServer(answers);
      await app(appAt(apiUrl));
      const byApp = recorded.at(-1) ?? expect.unreachable('The app has sent nothing.');
      const requestId = headerOf(byApp.headers, 'ms-requestid');
      const correlationId = headerOf(byApp.headers, 'ms-correlationid');
      // The suite draws its own, of the same form.
      expect([requestId, correlationId]).toEqual([
        expect.stringMatching(GUID),
        expect.stringMatching(GUID),
      ]);
      await sender(apiUrl, async () => TOKEN)(asked, { requestId, correlationId });
      expect(recorded.at(-1)).toEqual(byApp);
    },
  );

  test('every request of the app is among them', () => {
    const calls = Object.keys(appAt('http://127.0.0.1')).filter(
      (name) => name !== 'signedInTenant',
    );
    expect([...new Set(cases.map(({ call }) => call))].sort()).toEqual(calls.sort());
  });
});
