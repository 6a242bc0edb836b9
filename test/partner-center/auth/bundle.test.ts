import { startKeyVault } from 'partner-center-sandbox/key-vault';
import { expect, it, onTestFinished } from 'vitest';
import { embeddedApp } from '../../embedded/embedded-app.ts';
import { startIdentityEndpoint } from './managed-identity.ts';
import { temporaryFile } from './sign-in-harness.ts';

it('the deployed bundle deletes a customer as app and user, and renews the refresh token', async () => {
  const keyVault = await startKeyVault();
  onTestFinished(() => keyVault.close());
  const endpoint = await startIdentityEndpoint();
  onTestFinished(() => endpoint.close());
  const settings: Record<string, string> = {};
  const app = await embeddedApp(settings);
  const { sandbox } = app.stack;
  keyVault.vault.put('refresh-token', sandbox.login.issueRefreshToken());
  Object.assign(settings, {
    ...endpoint.environment,
    NODE_EXTRA_CA_CERTS: await temporaryFile(
      `${sandbox.certificatePem}\n${keyVault.certificatePem}`,
    ),
    PARTNER_CENTER_SIGN_IN: 'app-and-user',
    PARTNER_CENTER_REFRESH_TOKEN_SECRET: `${keyVault.url}/secrets/refresh-token`,
    PARTNER_CENTER_IDENTITY_CLIENT_ID: endpoint.addIdentity(keyVault.accessToken).clientId,
  });
  app.sandbox.changeSettings({ refuseEntitlementsToAppOnly: true });
  const { customerId } = app.sandbox.addCustomer({
    purchases: [{ kind: 'reservation', cancelTakesMs: 300 }],
  });
  const collected = app.outcomes(1);
  await app.start();
  await app.send({ body: { customerTenantId: customerId }, messageId: 'teardown-1' });
  expect(await collected).toMatchObject([{ teardownId: 'teardown-1', subject: 'deleted' }]);
  expect(keyVault.vault.versions('refresh-token')).toHaveLength(2);
  const refused = app.sandbox.requests().requests.filter(({ status }) => status === 403);
  expect(refused).toEqual([]);
});

it('the deployed bundle asks once for entitlements that app-only may not read', async () => {
  const app = await embeddedApp();
  app.sandbox.changeSettings({ refuseEntitlementsToAppOnly: true });
  const customers = [1, 2, 3].map(() =>
    app.sandbox.addCustomer({ purchases: [{ kind: 'reservation', cancelTakesMs: 500 }] }),
  );
  const collected = app.outcomes(customers.length);
  await app.start();
  const [first, ...rest] = customers.map(({ customerId }, index) => ({
    body: { customerTenantId: customerId },
    messageId: `teardown-${index}`,
  }));
  if (first !== undefined) await app.send(first);
  await app.cancelled();
  for (const message of rest) await app.send(message);
  expect((await collected).map(({ subject }) => subject)).toEqual([
    'deleted',
    'deleted',
    'deleted',
  ]);
  const refused = app.sandbox.requests().requests.filter(({ status }) => status === 403);
  expect(refused).toHaveLength(1);
});
