import { ManualClock } from '@sandbox-teardown/shared/clock';
import { describe, expect, it } from 'vitest';
import { byRefreshToken } from '../../../src/partner-center/auth/app-and-user.ts';
import type {
  RefreshToken,
  RefreshTokenStore,
} from '../../../src/partner-center/auth/refresh-token.ts';
import { signInError } from '../../../src/partner-center/auth/sign-in-error.ts';
import { tokenCache } from '../../../src/partner-center/auth/token-cache.ts';
import { applicationCertificate, signInHarness, temporaryFile } from './sign-in-harness.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const failureOf = async (request: () => Promise<unknown>) =>
  signInError(await request().catch((error: unknown) => error)).response;

/** A store in memory, for what the order of reads and writes decides. */
function memoryStore(token: string, issuedMs: number) {
  const kept: RefreshToken[] = [{ token, consentedMs: issuedMs, issuedMs }];
  const state = { failing: false };
  const store: RefreshTokenStore = {
    read: async () => kept.at(-1),
    async write(fresh) {
      if (state.failing) throw new Error('The vault is down.');
      kept.push(fresh);
    },
  };
  return { store, kept, state };
}

describe('signing in as app and user', () => {
  it('acts for the person, and keeps the new refresh token for 90 days', async () => {
    const { request, signIns, server, keep, kept, vault } = await signInHarness();
    const first = server.login.issueRefreshToken();
    keep(first);
    const { token } = await request(signIns.appAndUser)();
    expect(server.login.callerOf(`Bearer ${token}`)).toMatchObject({ appOnly: false, mfa: true });
    expect(kept()).toEqual([first, expect.not.stringContaining(first)]);
    const secret = vault.versions('refresh-token')[1];
    const days = (Number(secret?.attributes['exp']) * 1_000 - Date.now()) / DAY_MS;
    expect(days).toBeCloseTo(90, 1);
  });

  it('asks once for concurrent invocations, and writes one token back', async () => {
    const { request, signIns, server, keep, kept, nowMs } = await signInHarness();
    keep(server.login.issueRefreshToken());
    const cache = tokenCache(request(signIns.appAndUser), nowMs);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => cache.current()));
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(1);
    expect(kept()).toHaveLength(2);
  });

  it('goes on with the kept token, each time the newest', async () => {
    const { request, signIns, server, keep, kept } = await signInHarness();
    keep(server.login.issueRefreshToken());
    const signIn = request(signIns.appAndUser);
    for (let times = 0; times < 3; times += 1) await signIn();
    expect(new Set(kept()).size).toBe(4);
  });

  it('works for two instances that refresh at once: both sign in, and no token is lost', async () => {
    const { request, signIns, server, keep, kept } = await signInHarness();
    keep(server.login.issueRefreshToken());
    const instances = [request(signIns.appAndUser), request(signIns.appAndUser)];
    for (let rounds = 0; rounds < 3; rounds += 1) {
      const tokens = await Promise.all(instances.map((signIn) => signIn()));
      expect(new Set(tokens.map(({ token }) => token)).size).toBe(2);
    }
    for (const token of kept()) {
      keep(token);
      await expect(request(signIns.appAndUser)()).resolves.toHaveProperty('token');
    }
  });

  it.each(['a certificate', 'a federated identity'])('proves the app by %s too', async (by) => {
    const { certificate, pem } = await applicationCertificate();
    const { request, signIns, server, keep } = await signInHarness({ certificates: [certificate] });
    keep(server.login.issueRefreshToken());
    const credential =
      by === 'a certificate'
        ? signIns.certificateFile(await temporaryFile(pem))
        : signIns.federatedIdentity;
    const { token } = await request({ ...signIns.appAndUser, credential })();
    expect(server.login.callerOf(`Bearer ${token}`)).toMatchObject({ appOnly: false });
  });

  it('is impossible without the proof of the app', async () => {
    const { request, signIns, server, keep } = await signInHarness();
    keep(server.login.issueRefreshToken());
    const credential = { kind: 'client-secret', clientSecret: 'wrong~secret' } as const;
    const answer = await failureOf(request({ ...signIns.appAndUser, credential }));
    expect(answer).toMatchObject({
      status: 401,
      description: expect.stringContaining('AADSTS7000215'),
    });
    expect(answer.body).not.toContain('wrong~secret');
  });
});

describe('a refresh token that cannot be written back', () => {
  it('is a warning without the token, and is stored with the next refresh', async () => {
    const { request, signIns, server, keep, kept, vault, warnings } = await signInHarness();
    keep(server.login.issueRefreshToken());
    const signIn = request(signIns.appAndUser);
    vault.refuse('PUT', 403);
    expect(await signIn()).toHaveProperty('token');
    expect(kept()).toHaveLength(1);
    expect(warnings).toEqual([expect.stringContaining('Key Vault Secrets Officer')]);
    expect(warnings.join()).not.toMatch(/eyJ/);
    await signIn();
    expect(kept()).toHaveLength(2);
    expect(warnings).toHaveLength(1);
  });

  it('is kept in memory: this instance works longer than the stored token', async () => {
    const clock = new ManualClock();
    const { application, signIns, server, log } = await signInHarness({ clock });
    const { store, kept, state } = memoryStore(server.login.issueRefreshToken(), clock.nowMs());
    const signIn = byRefreshToken({
      ...application,
      credential: signIns.clientSecret,
      store,
      log,
      nowMs: () => clock.nowMs(),
    });
    state.failing = true;
    clock.advance(80 * DAY_MS);
    await signIn();
    clock.advance(20 * DAY_MS);
    state.failing = false;
    expect(await signIn()).toHaveProperty('token');
    expect(kept).toHaveLength(2);
    expect(kept[1]).toMatchObject({ consentedMs: kept[0]?.issuedMs, issuedMs: clock.nowMs() });
  });

  it('finally replaces an older one that another instance stored later', async () => {
    const clock = new ManualClock();
    const { application, signIns, server, log } = await signInHarness({ clock });
    const consentedMs = clock.nowMs();
    const { store, kept } = memoryStore(server.login.issueRefreshToken(), consentedMs);
    const signIn = byRefreshToken({
      ...application,
      credential: signIns.clientSecret,
      store,
      log,
      nowMs: () => clock.nowMs(),
    });
    clock.advance(80 * DAY_MS);
    await signIn();
    // The other instance read before this write, and wrote after it what it got some days ago.
    const older = 'no longer good by now';
    kept.push({ token: older, consentedMs, issuedMs: consentedMs + 70 * DAY_MS });
    clock.advance(DAY_MS);
    await signIn();
    expect(kept.at(-1)).toMatchObject({ issuedMs: clock.nowMs() });
    expect(kept.at(-1)?.token).not.toBe(older);
  });

  it("gives way to a person's new consent", async () => {
    const { application, signIns, server, log } = await signInHarness();
    const { store, kept, state } = memoryStore(server.login.issueRefreshToken(), 0);
    let nowMs = 1_000;
    const signIn = byRefreshToken({
      ...application,
      credential: signIns.clientSecret,
      store,
      log,
      nowMs: () => nowMs,
    });
    state.failing = true;
    await signIn();
    state.failing = false;
    kept.push({ token: server.login.issueRefreshToken(), consentedMs: 500, issuedMs: 500 });
    nowMs = 2_000;
    await signIn();
    expect(kept.at(-1)).toMatchObject({ consentedMs: 500, issuedMs: 2_000 });
  });
});

describe('an expired refresh token', () => {
  it('is read once more, because another instance may have renewed it', async () => {
    const { application, signIns, server, log, nowMs } = await signInHarness();
    const { store, kept } = memoryStore('outdated', 0);
    const signIn = byRefreshToken({
      ...application,
      credential: signIns.clientSecret,
      store: {
        ...store,
        // The other instance writes right after this one has read.
        async read() {
          const read = await store.read();
          if (kept.length === 1) {
            kept.push({ token: server.login.issueRefreshToken(), consentedMs: 0, issuedMs: 1 });
          }
          return read;
        },
      },
      log,
      nowMs,
    });
    expect(await signIn()).toHaveProperty('token');
    expect(kept).toHaveLength(3);
  });

  it('needs a person, and the error says what to do', async () => {
    const clock = new ManualClock();
    const { request, signIns, server, keep, kept } = await signInHarness({ clock });
    keep(server.login.issueRefreshToken());
    clock.advance(91 * DAY_MS);
    const answer = await failureOf(request(signIns.appAndUser));
    expect(answer).toMatchObject({
      status: 401,
      description: expect.stringMatching(/AADSTS700082.*consent/),
    });
    expect(JSON.stringify(answer)).not.toContain(kept()[0]);
  });

  it('is not read again while the login endpoint has transient errors', async () => {
    const { request, signIns, server, keep, kept } = await signInHarness();
    keep(server.login.issueRefreshToken());
    server.sandbox.injectFault({ kind: 'html', operation: 'get-token', times: 5 });
    expect(await failureOf(request(signIns.appAndUser))).toMatchObject({ status: 502 });
    expect(kept()).toHaveLength(1);
  });

  it('needs a person also if there never was one', async () => {
    const { request, signIns } = await signInHarness();
    expect(await failureOf(request(signIns.appAndUser))).toMatchObject({
      status: 401,
      description: expect.stringContaining('No one has signed in'),
    });
  });
});
