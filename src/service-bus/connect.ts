import type { ServiceBusClient } from '@azure/service-bus';

/** One retry: after that, Service Bus delivers the trigger message again. */
export const retryOptions = {
  maxRetries: 1,
  retryDelayInMs: 500,
  maxRetryDelayInMs: 1_000,
  timeoutInMs: 5_000,
};

/** How the app reaches its namespace: by a connection string, or by its managed identity. */
export type ServiceBusConnection =
  | { readonly kind: 'connection-string'; readonly connectionString: string }
  | {
      readonly kind: 'managed-identity';
      readonly fullyQualifiedNamespace: string;
      /** The client id of a user-assigned identity. */
      readonly clientId?: string;
    };

/** Creates the client. Only now is the SDK loaded (and the identity library, where needed). */
export async function connect(connection: ServiceBusConnection): Promise<ServiceBusClient> {
  const { ServiceBusClient } = await import('@azure/service-bus');
  if (connection.kind === 'connection-string') {
    return new ServiceBusClient(connection.connectionString, { retryOptions });
  }
  const { ManagedIdentityCredential } = await import('@azure/identity');
  const { kind: _kind, fullyQualifiedNamespace, ...identity } = connection;
  const credential = new ManagedIdentityCredential(identity);
  return new ServiceBusClient(fullyQualifiedNamespace, credential, { retryOptions });
}
