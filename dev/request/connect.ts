import { ServiceBusClient } from '@azure/service-bus';
import { configured } from '../stack/local-settings.ts';
import { runningStack } from '../stack/stack-file.ts';

/** Where to send: an option goes before the settings, and these before a running stack. */
export interface Destination {
  /** Service Bus connection string. */
  readonly connection?: string;
  /** Host name of a namespace in Azure, reached with the account that is signed in to `azd` or `az`. */
  readonly namespace?: string;
  /** The port of a stack that runs from this checkout. */
  readonly port?: number;
}

/**
 * The client to send with; undefined where nothing is named, configured or running.
 * @throws UsageError where it is not clear which stack is meant
 */
export async function connectTo({
  connection,
  namespace,
  port,
}: Destination): Promise<ServiceBusClient | undefined> {
  if (connection === undefined && namespace !== undefined) return byIdentity(namespace);
  const connectionString = connection ?? (await byDefault(port));
  return connectionString === undefined ? undefined : new ServiceBusClient(connectionString);
}

async function byDefault(port: number | undefined): Promise<string | undefined> {
  if (port !== undefined) return runningStack(port);
  const { ServiceBusConnection } = await configured();
  return ServiceBusConnection || runningStack();
}

async function byIdentity(namespace: string): Promise<ServiceBusClient> {
  const { AzureCliCredential, AzureDeveloperCliCredential, ChainedTokenCredential } = await import(
    '@azure/identity'
  );
  const signedIn = new ChainedTokenCredential(
    new AzureDeveloperCliCredential(),
    new AzureCliCredential(),
  );
  return new ServiceBusClient(namespace, signedIn);
}
