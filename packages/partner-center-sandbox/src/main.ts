#!/usr/bin/env node
import { writeFile } from 'node:fs/promises';
import {
  orEnd,
  packageCommand,
  readPort,
  readWholeNumber,
  UsageError,
  untilInterrupted,
  usageErrorOf,
} from '@sandbox-teardown/shared/command-line';
import { generateCustomers } from './core/generate.ts';
import { CUSTOMER_QUOTA } from './core/quotas.ts';
import { startKeyVault } from './key-vault/key-vault-server.ts';
import { startSandbox } from './sandbox-server.ts';

// The sandbox in a process of its own: one JSON line on stdout says where it is and who may sign in; Ctrl-C ends it.

const MAX_SEED = 2 ** 31 - 1;

const options = packageCommand(
  'npx partner-center-sandbox',
  'A simulated integration sandbox of Partner Center, until Ctrl-C. One JSON line says where it is.',
  import.meta.url,
)
  .option(
    '--customers <count>',
    'so many generated customers',
    readWholeNumber(0, CUSTOMER_QUOTA),
    0,
  )
  .option('--seed <number>', 'what is drawn is drawn from it', readWholeNumber(0, MAX_SEED), 1)
  .option('--journal <file>', 'keep what happens in this file')
  .option('--certificate <file>', 'write what clients must trust, for NODE_EXTRA_CA_CERTS')
  .option('--api-port <number>', 'of the API; 0: any free one', readPort, 0)
  .option('--login-port <number>', 'of the login endpoint; 0: any free one', readPort, 0)
  .option('--control-port <number>', 'of the control surface; 0: any free one', readPort, 0)
  .option('--vault-port <number>', 'of the Key Vault; 0: any free one', readPort, 0)
  .parse()
  .opts<{
    customers: number;
    seed: number;
    journal?: string;
    certificate?: string;
    apiPort: number;
    loginPort: number;
    controlPort: number;
    vaultPort: number;
  }>();

const { customers, seed, journal, certificate, vaultPort, ...ports } = options;

async function start() {
  try {
    const journalPath = journal === undefined ? {} : { journalPath: journal };
    const server = await startSandbox({ seed, ...journalPath, ...ports });
    return { server, vault: await startKeyVault({ port: vaultPort }) };
  } catch (error) {
    throw usageErrorOf(error);
  }
}

const { server, vault } = await orEnd(start);
const certificatePem = `${server.certificatePem}\n${vault.certificatePem}`;
await orEnd(async () => {
  if (certificate === undefined) return;
  await writeFile(certificate, certificatePem).catch((error: Error) => {
    throw new UsageError(`${certificate} cannot be written: ${error.message}`);
  });
});
const { sandbox, apiUrl, loginUrl, controlUrl, controlToken } = server;
const { tenantId, clientId, clientSecret } = server;
// What a journal has kept is not seeded anew.
const isNew = sandbox.state().customers.length + sandbox.state().deletedCustomers.length === 0;
for (const spec of isNew ? generateCustomers(seed, customers) : []) sandbox.addCustomer(spec);
console.log(
  JSON.stringify({
    ...{ apiUrl, loginUrl, controlUrl, controlToken, tenantId, clientId, clientSecret },
    ...{ vaultUrl: vault.url, vaultToken: vault.accessToken, certificatePem },
  }),
);
await untilInterrupted();
await Promise.all([server.close(), vault.close()]);
