import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '@sandbox-teardown/shared/clock';
import { type Broker, startBroker } from 'local-service-bus';
import { loadEntities } from 'local-service-bus/entities';
import { type SandboxServer, startSandbox } from 'partner-center-sandbox';

/** The repository's root: the function app, as the Functions host sees it. */
export const APP_DIRECTORY = fileURLToPath(new URL('../..', import.meta.url));

const ENTITIES_FILE = join(APP_DIRECTORY, 'infra/service-bus.entities.json');

export interface StackOptions {
  /** Keeps the Service Bus messages in a file, and the sandbox in one beside it; the login is new at every start. */
  readonly journalPath?: string;
  /** The clock of the Service Bus, for runs that cannot wait for its locks to end. */
  readonly busClock?: Clock;
  /** The Service Bus's port; any free one if left out. */
  readonly busPort?: number;
  /** The seed of what the sandbox draws. */
  readonly seed?: number;
  readonly log?: (line: string) => void;
}

/** A Service Bus and the simulated sandbox, and what the app needs to reach them. */
export interface Stack {
  readonly connectionString: string;
  readonly sandbox: SandboxServer;
  /** Settings for the function app (and for Node, which must trust the login endpoint's certificate). */
  readonly settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** With the broker of this repository, on a port of its own. */
export interface EmbeddedStack extends Stack {
  readonly broker: Broker;
}

/** Starts both on 127.0.0.1, on free ports: two stacks side by side are independent. */
export async function startEmbeddedStack(options: StackOptions = {}): Promise<EmbeddedStack> {
  const broker = await startBroker({
    entities: await loadEntities(ENTITIES_FILE),
    ...(options.busClock !== undefined && { clock: options.busClock }),
    ...(options.journalPath !== undefined && { journalPath: options.journalPath }),
    ...(options.busPort !== undefined && { port: options.busPort }),
    ...(options.log !== undefined && { log: options.log }),
  });
  const stack = await startSandboxBeside(broker.connectionString, options).catch(
    async (error: unknown) => {
      await broker.close();
      throw error;
    },
  );
  return {
    ...stack,
    broker,
    async close() {
      await Promise.all([broker.close(), stack.close()]);
    },
  };
}

/** Starts only the sandbox, for an app on another Service Bus, such as Microsoft's emulator. */
export async function startSandboxBeside(
  connectionString: string,
  { seed, log, journalPath }: Pick<StackOptions, 'seed' | 'log' | 'journalPath'> = {},
): Promise<Stack> {
  const sandbox = await startSandbox({
    ...(seed !== undefined && { seed }),
    ...(journalPath !== undefined && { journalPath: `${journalPath}.sandbox` }),
    ...(log !== undefined && { log }),
  });
  const directory = await mkdtemp(join(tmpdir(), 'sandbox-teardown-'));
  const removeDirectory = (): void => rmSync(directory, { recursive: true, force: true });
  // Also when the process ends before the stack is closed.
  process.once('exit', removeDirectory);
  const certificateFile = join(directory, 'login.pem');
  await writeFile(certificateFile, sandbox.certificatePem, { mode: 0o600 });
  return {
    connectionString,
    sandbox,
    settings: {
      ServiceBusConnection: connectionString,
      TEARDOWN_MODE: 'enforce',
      SANDBOX_TENANT_ID: sandbox.tenantId,
      PARTNER_CENTER_API_URL: sandbox.apiUrl,
      PARTNER_CENTER_LOGIN_URL: sandbox.loginUrl,
      PARTNER_CENTER_CLIENT_ID: sandbox.clientId,
      PARTNER_CENTER_CLIENT_SECRET: sandbox.clientSecret,
      NODE_EXTRA_CA_CERTS: certificateFile,
    },
    async close() {
      await sandbox.close();
      process.off('exit', removeDirectory);
      removeDirectory();
    },
  };
}
