import type { ServiceBusConnection } from '../service-bus/connect.ts';

/** The name that the triggers' `connection` refers to. */
export const CONNECTION_NAME = 'ServiceBusConnection';

type Environment = Readonly<Record<string, string | undefined>>;

/** The connection, or a sentence about what is wrong with it. The connection string is never shown. */
export function readServiceBusConnection(environment: Environment): ServiceBusConnection | string {
  const connectionString = environment[CONNECTION_NAME]?.trim() ?? '';
  const namespace = environment[`${CONNECTION_NAME}__fullyQualifiedNamespace`]?.trim() ?? '';
  const clientId = environment[`${CONNECTION_NAME}__clientId`]?.trim() ?? '';
  if (connectionString !== '' && namespace !== '') {
    return `${CONNECTION_NAME} and ${CONNECTION_NAME}__fullyQualifiedNamespace are both set; keep one of them.`;
  }
  if (connectionString !== '') {
    const complete =
      /(?:^|;)\s*Endpoint=sb:\/\/[^;]+/i.test(connectionString) &&
      /;\s*SharedAccess(?:Key|Signature)=[^;\s]+/i.test(connectionString) &&
      !/;\s*EntityPath=/i.test(connectionString);
    return complete
      ? { kind: 'connection-string', connectionString }
      : `${CONNECTION_NAME} must be a Service Bus connection string of a namespace: "Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…", without EntityPath.`;
  }
  if (namespace === '') {
    return `${CONNECTION_NAME} is missing; set it to a connection string, or set ${CONNECTION_NAME}__fullyQualifiedNamespace to a namespace such as contoso.servicebus.windows.net.`;
  }
  if (!/^[a-z0-9][a-z0-9.-]+\.[a-z]+$/i.test(namespace)) {
    return `${CONNECTION_NAME}__fullyQualifiedNamespace must be a host name such as contoso.servicebus.windows.net, but is ${JSON.stringify(namespace.slice(0, 60))}.`;
  }
  return {
    kind: 'managed-identity',
    fullyQualifiedNamespace: namespace,
    ...(clientId !== '' && { clientId }),
  };
}
