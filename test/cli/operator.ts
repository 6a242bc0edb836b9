import type { SandboxOptions } from 'partner-center-sandbox';
import { sandboxTeardown } from '../../src/cli/program.ts';
import { signInHarness } from '../partner-center/auth/sign-in-harness.ts';
import { terminal } from './terminal.ts';

/** How a command has ended, and all that it said. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** An operator at the command line, beside a login endpoint and a Key Vault. */
export async function operator(options: SandboxOptions = {}) {
  const harness = await signInHarness(options);
  const { server, keyVault, identity } = harness;
  const settings: Readonly<Record<string, string>> = {
    SANDBOX_TENANT_ID: server.tenantId,
    PARTNER_CENTER_CLIENT_ID: server.clientId,
    PARTNER_CENTER_CLIENT_SECRET: server.clientSecret,
    PARTNER_CENTER_API_URL: server.apiUrl,
    PARTNER_CENTER_LOGIN_URL: server.loginUrl,
    PARTNER_CENTER_REFRESH_TOKEN_SECRET: `${keyVault.url}/secrets/refresh-token`,
    PARTNER_CENTER_IDENTITY_CLIENT_ID: identity.clientId,
  };
  const run = async (
    flags: readonly string[] = [],
    changed: Readonly<Record<string, string>> = {},
    onLine: (line: string) => void = () => undefined,
  ): Promise<Ended> => {
    const { lines, exits } = terminal(onLine);
    const argv = ['node', 'main.ts', 'consent', ...flags];
    const code = await sandboxTeardown(argv, { ...settings, ...changed });
    return { code: exits[0] ?? code, output: lines.join('\n') };
  };
  /** Approves the device code that a line shows. */
  const approve = (line: string, mfa = true) => {
    const userCode = /enter the code (\S+?)\.?$/.exec(line)?.[1];
    if (userCode !== undefined) server.login.devices.approve(userCode, { mfa });
  };
  return { ...harness, settings, run, approve };
}

/** Opens the address that a line shows, as a browser would, and follows it back to the listener. */
export async function openIn(
  line: string,
  change: (back: URL) => void = () => undefined,
): Promise<void> {
  const address = /^https:\S+\/authorize\?\S+$/.exec(line)?.[0];
  if (address === undefined) return;
  const sent = await fetch(address, { redirect: 'manual' });
  const back = new URL(sent.headers.get('location') ?? '');
  change(back);
  back.hostname = '127.0.0.1';
  await fetch(back);
}
