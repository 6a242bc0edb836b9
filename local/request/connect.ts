import { ServiceBusClient } from '@azure/service-bus';
import { configuredConnection } from '../stack/local-settings.ts';
import { runningStack } from '../stack/stack-file.ts';

/** Where to send: `connection` before `namespace`, and what is named before what is configured or runs here. */
export interface Destination {
  /** Service Bus connection string. */
  readonly connection?: string;
  /** Host name of a namespace in Azure, reached with the standing of whoever is signed in to `azd` or `az`. */
  readonly namespace?: string;
}

/** The client to send with; undefined where nothing is named, configured or running. */
export async function connectTo({
  connection,
  namespace,
}: Destination): Promise<ServiceBusClient | undefined> {
  if (connection === undefined && namespace !== undefined) return byIdentity(namespace);
  const connectionString = connection ?? (await configuredConnection()) ?? (await runningStack());
  return connectionString === undefined ? undefined : new ServiceBusClient(connectionString);
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
