import { describe, expect, it, vi } from 'vitest';

import { sandboxTeardown } from '../../src/cli/program.ts';
import { applicationCertificate, temporaryFile } from '../partner-center/auth/sign-in-harness.ts';
import { openIn, operator } from './operator.ts';
import { terminal } from './terminal.ts';

describe('sandbox-teardown consent', () => {
  it('by device code keeps a refresh token that the app then signs in with, and shows none', async () => {
    const { run, approve, kept, request, signIns, keyVault } = await operator();
    const { code, output } = await run([], {}, approve);
    expect(code).toBe(0);
    expect(output.split('\n')).toEqual([
      'Sign in to the sandbox account as an Admin agent, with multi-factor authentication.',
      expect.stringMatching(/^To sign in, open https:\S+ and enter the code \S+\.$/),
      `Done: the refresh token is kept in ${keyVault.url}/secrets/refresh-token.`,
      'The app renews it with every use; it ends after 90 days without any.',
    ]);
    expect(kept()).toHaveLength(1);
    await expect(request(signIns.appAndUser)()).resolves.toHaveProperty('token');
  });

  it('by device code waits for a person who takes a while', async () => {
    const { run, approve, kept, server } = await operator();
    const asked = vi.spyOn(server.login.devices, 'redeem');
    // Once the code has been asked for in vain, and no sooner.
    const ended = await run([], {}, (line) => {
      void vi
        .waitFor(() => expect(asked).toHaveBeenCalled(), { timeout: 300_000 })
        .then(() => approve(line));
    });
    expect(ended).toMatchObject({ code: 0 });
    expect(kept()).toHaveLength(1);
  });

  it('keeps its token although the app writes the successor of an earlier one just then', async () => {
    const { run, approve, kept, vault } = await operator();
    const handle = vault.handle.bind(vault);
    let comesBetween = true;
    vault.handle = (request) => {
      const answer = handle(request);
      if (request.method === 'PUT' && answer.status === 200 && comesBetween) {
        comesBetween = false;
        const issued = new Date(Date.now() + 1_000).toISOString();
        vault.put('refresh-token', 'of an earlier consent', { consented: '2026-01-01', issued });
      }
      return answer;
    };
    expect(await run([], {}, approve)).toMatchObject({ code: 0 });
    const [consented, earlier, latest] = kept();
    expect(earlier).toBe('of an earlier consent');
    expect(latest).toBe(consented);
  });

  it('by device code proves the app by its certificate, where there is one', async () => {
    const { certificate, pem } = await applicationCertificate();
    const { run, approve, request, signIns } = await operator({ certificates: [certificate] });
    const path = await temporaryFile(pem);
    const changed = { PARTNER_CENTER_CLIENT_SECRET: '', PARTNER_CENTER_CERTIFICATE_FILE: path };
    expect(await run([], changed, approve)).toMatchObject({ code: 0 });
    const appAndUser = { ...signIns.appAndUser, credential: signIns.certificateFile(path) };
    await expect(request(appAndUser)()).resolves.toHaveProperty('token');
  });

  it('by browser keeps a refresh token', async () => {
    const { run, kept, keyVault } = await operator();
    const { code, output } = await run(['--loopback'], {}, (line) => void openIn(line));
    expect(code).toBe(0);
    expect(output.split('\n')).toEqual([
      'Sign in to the sandbox account as an Admin agent, with multi-factor authentication.',
      'The application needs the redirect URI http://localhost, of the platform "Web".',
      'To sign in, open this address in a browser on this machine:',
      '',
      expect.stringMatching(/^https:\S+\/authorize\?\S+$/),
      '',
      `Done: the refresh token is kept in ${keyVault.url}/secrets/refresh-token.`,
      'The app renews it with every use; it ends after 90 days without any.',
    ]);
    expect(kept()).toHaveLength(1);
  });

  it('by browser lets the person choose the account, and closes its listener afterwards', async () => {
    const { run, application } = await operator();
    let asked = new URLSearchParams();
    await run(['--loopback'], {}, (line) => {
      if (line.startsWith('https:')) asked = new URL(line).searchParams;
      void openIn(line);
    });
    expect(Object.fromEntries(asked)).toMatchObject({
      prompt: 'select_account',
      code_challenge_method: 'S256',
      scope: expect.stringContaining(application.scope),
    });
    await expect(fetch(String(asked.get('redirect_uri')))).rejects.toThrow('fetch failed');
  });

  it('by browser accepts only the answer to its own request', async () => {
    const { run, kept } = await operator();
    let strays = 0;
    const ended = await run(['--loopback'], {}, (line) => {
      const stray = (back: URL) => {
        strays += 1;
        back.searchParams.set('state', 'another');
        back.searchParams.set('code', 'stolen');
      };
      void openIn(line, stray).then(() => openIn(line));
    });
    expect([ended.code, kept().length]).toEqual([0, 1]);
    expect(strays).toBe(1);
  });

  it('by browser ends with the message of the login endpoint where that refuses', async () => {
    const { run, kept } = await operator();
    const ended = await run(['--loopback'], {}, (line) => {
      void openIn(line, (back) => {
        back.searchParams.delete('code');
        back.searchParams.set('error', 'access_denied');
        back.searchParams.set('error_description', 'AADSTS65004: The user declined.');
      });
    });
    expect(ended).toMatchObject({ code: 1, output: expect.stringContaining('AADSTS65004') });
    expect(kept()).toEqual([]);
  });

  it('replaces what is kept from an earlier consent', async () => {
    const { run, approve, keep, kept } = await operator();
    keep('an earlier one', { consented: '2026-01-01T00:00:00Z', issued: '2099-01-01T00:00:00Z' });
    await run([], {}, approve);
    expect(kept()).toEqual(['an earlier one', expect.stringMatching(/^eyJ/)]);
  });

  it('warns of a sign-in with one factor only', async () => {
    const { run, approve } = await operator();
    const { code, output } = await run([], {}, (line) => approve(line, false));
    expect([code, output]).toEqual([0, expect.stringContaining('without multi-factor')]);
  });

  it('asks no one to sign in while the vault refuses', async () => {
    const { run, vault, kept } = await operator();
    vault.refuse('GET', 403, 10);
    const { code, output } = await run();
    expect([code, output]).toEqual([1, expect.stringContaining('Key Vault Secrets User')]);
    expect(output).not.toContain('Sign in');
    expect(kept()).toEqual([]);
  });

  it('reports a token that cannot be stored, and does not show it', async () => {
    const { run, approve, vault } = await operator();
    vault.refuse('PUT', 403, 10);
    const { code, output } = await run([], {}, approve);
    expect([code, output]).toEqual([1, expect.stringContaining('Key Vault Secrets Officer')]);
    expect(output).not.toMatch(/eyJ/);
  });

  it.each<[string, Readonly<Record<string, string>>, string, number?]>([
    ['a wrong secret', { PARTNER_CENTER_CLIENT_SECRET: 'wrong~secret' }, 'AADSTS7000215', 1],
    ['an app-only sign-in', { PARTNER_CENTER_SIGN_IN: 'client-secret' }, 'REFRESH_TOKEN_SECRET'],
    [
      'an app-only sign-in that is complete',
      {
        PARTNER_CENTER_SIGN_IN: 'client-secret',
        PARTNER_CENTER_REFRESH_TOKEN_SECRET: '',
        PARTNER_CENTER_IDENTITY_CLIENT_ID: '',
      },
      'must be "app-and-user"',
    ],
    ['no proof of the app', { PARTNER_CENTER_CLIENT_SECRET: '' }, 'managed identity'],
    ['a wrong setting', { SANDBOX_TENANT_ID: 'contoso' }, 'SANDBOX_TENANT_ID'],
    ['a mistyped setting', { PARTNER_CENTER_SIGNIN: 'x' }, 'PARTNER_CENTER_SIGNIN is not'],
  ])('with %s ends with a message that says so', async (_what, changed, message, exit = 2) => {
    const { run, approve } = await operator();
    const { code, output } = await run([], changed, approve);
    expect([code, output]).toEqual([exit, expect.stringContaining(message)]);
    expect(output).not.toMatch(/wrong~secret|\bat .*\.ts:/);
  });

  it.each([
    [
      [],
      'What the operator of a sandbox teardown does by hand.',
      'Signs a person in for the app (PARTNER_CENTER_SIGN_IN "app-and-user"), and keeps the refresh token in the Key Vault. Takes the same settings as the app, from the environment.',
    ],
    [
      ['consent'],
      '--loopback sign in with a browser on this machine, not with a code on any device',
    ],
  ])('is described in the help of %j', async (command, ...sentences) => {
    const { lines, exits } = terminal();
    await sandboxTeardown(['node', 'main.ts', ...command, '--help'], {});
    const said = lines.join(' ').replaceAll(/\s+/g, ' ');
    expect(said).toContain(['Usage: npm run sandbox-teardown --', ...command, '['].join(' '));
    for (const message of sentences) expect(said).toContain(message);
    expect(exits[0]).toBe(0);
  });

  it('has no option to print the token', async () => {
    const { run } = await operator();
    expect(await run(['--print'])).toMatchObject({ code: 2 });
  });
});
