import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Installed } from './installed.ts';

/** Signs in, asks for customers, cancels an order, and keeps a secret: prints the statuses. */
const CLIENT = `
  const { apiUrl, loginUrl, tenantId, clientId, clientSecret, vaultUrl, vaultToken } = JSON.parse(process.env.SANDBOX);
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const scope = 'https://api.partnercenter.microsoft.com/.default';
  const body = new URLSearchParams({ ...form, scope });
  const signedIn = await fetch(\`\${loginUrl}/\${tenantId}/oauth2/v2.0/token\`, { method: 'POST', body });
  const { access_token } = await signedIn.json();
  const headers = { Authorization: \`Bearer \${access_token}\`, Accept: 'application/json' };
  const customers = await fetch(\`\${apiUrl}/v1/customers?size=0\`, { headers });
  const { totalCount } = await customers.json();
  const forVault = { Authorization: \`Bearer \${vaultToken}\`, 'Content-Type': 'application/json' };
  const secret = \`\${vaultUrl}/secrets/a?api-version=7.5\`;
  const put = await fetch(secret, { method: 'PUT', headers: forVault, body: '{"value":"kept"}' });
  const { value } = await (await fetch(secret, { headers: forVault })).json();
  console.log(signedIn.status, customers.status, totalCount, put.status, value);`;

describe('partner-center-sandbox, installed in an empty folder,', () => {
  let installed: Installed;

  beforeAll(async () => {
    installed = await Installed.from('partner-center-sandbox');
  });
  afterAll(() => installed.remove());

  it('is found by npx', async () => {
    const help = await installed.npx('partner-center-sandbox', '--help');
    expect(help).toContain('--customers <count>');
  });

  it('signs a client in, shows it the customers, and keeps its secrets', async () => {
    const server = installed.start('partner-center-sandbox/lib/main.js', [
      ...['--customers', '2', '--certificate', 'login.pem'],
    ]);
    onTestFinished(() => void server.kill());
    const [line] = await once(createInterface(server.stdout), 'line');
    const environment = { SANDBOX: String(line), NODE_EXTRA_CA_CERTS: 'login.pem' };
    expect(await installed.script(CLIENT, environment)).toBe('200 200 2 200 kept\n');
  });

  it('says which version it is', async () => {
    expect(await installed.npx('partner-center-sandbox', '--version')).toBe('0.1.0\n');
  });

  it('has no dependency that needs a newer Node than it names', async () => {
    expect(await installed.needingNewerNode()).toEqual([]);
  });

  it('can be used from a program', async () => {
    const printed = await installed.script(`
      import { ManualClock, startSandbox } from 'partner-center-sandbox';
      import { Sandbox } from 'partner-center-sandbox/core';
      import { startKeyVault } from 'partner-center-sandbox/key-vault';
      const server = await startSandbox({ clock: new ManualClock() });
      server.sandbox.addCustomer({ purchases: [{ kind: 'reservation' }] });
      console.log(server.sandbox instanceof Sandbox, server.sandbox.state().customers.length);
      await server.close();
      await (await startKeyVault()).close();`);
    expect(printed).toBe('true 1\n');
  });

  it('has types, which tell wrong use', async () => {
    const complaints = await installed.check(`
      import { type SandboxServer, startSandbox, systemClock } from 'partner-center-sandbox';
      import { type CustomerSpec, defaultSettings, Sandbox } from 'partner-center-sandbox/core';
      import { type KeyVaultServer, startKeyVault } from 'partner-center-sandbox/key-vault';
      const server: SandboxServer = await startSandbox({ clock: systemClock });
      const customer: CustomerSpec = { purchases: [{ kind: 'azure-plan', azureSubscriptions: 2 }] };
      const sandbox: Sandbox = server.sandbox;
      const vault: KeyVaultServer = await startKeyVault();
      console.log(sandbox.addCustomer(customer).domain, defaultSettings.pageSize, vault.url);
      // @ts-expect-error
      sandbox.addCustomer({ purchases: [{ kind: 'nothing' }] });`);
    expect(complaints).toBe('');
  });
});
