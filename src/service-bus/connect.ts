import type { ServiceBusClient } from '@azure/service-bus';

/** One attempt and one more: what fails longer is redelivered by Service Bus itself. */
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
      /** Of a user-assigned identity. */
      readonly clientId?: string;
    };

/** Makes the client; the SDK (and, where needed, the identity library) is loaded only now. */
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
