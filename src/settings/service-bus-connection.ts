import { cloudNames, clouds } from '../partner-center/clouds.ts';
import { keepForGood } from '../redaction/known-secrets.ts';
import type { ServiceBusConnection } from '../service-bus/connect.ts';
import { isGuid } from '../shared/guid.ts';
import { maskValue } from './mask-value.ts';

/** The name that the triggers use as their `connection`. */
export const CONNECTION_NAME = 'ServiceBusConnection';

const SECRET_PARTS = /SharedAccess(?:Key|Signature)=([^;\s]+)/gi;

const NAMESPACE_NAME = /^[a-z0-9-]{1,50}$/i;

/**
 * Whether this is a namespace of one of the clouds: the identity's token goes there. Source:
 * https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
function isNamespace(host: string): boolean {
  const at = host.indexOf('.');
  const domain = host.slice(at + 1).toLowerCase();
  const isOfACloud = cloudNames.some((name) => clouds[name].serviceBusDomain === domain);
  return NAMESPACE_NAME.test(host.slice(0, Math.max(at, 0))) && isOfACloud;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the connection, or says what is wrong with it. The connection string is never shown. */
export function readServiceBusConnection(environment: Environment): ServiceBusConnection | string {
  const connectionString = environment[CONNECTION_NAME]?.trim() ?? '';
  const namespace = environment[`${CONNECTION_NAME}__fullyQualifiedNamespace`]?.trim() ?? '';
  if (connectionString !== '' && namespace !== '') {
    return `${CONNECTION_NAME} and ${CONNECTION_NAME}__fullyQualifiedNamespace are both set; keep one of them.`;
  }
  const clientId = environment[`${CONNECTION_NAME}__clientId`]?.trim() ?? '';
  if (connectionString !== '') {
    keepForGood(connectionString);
    for (const [, secret] of connectionString.matchAll(SECRET_PARTS)) keepForGood(secret);
    if (clientId !== '') {
      return `${CONNECTION_NAME}__clientId has no effect with a connection string; remove one of them.`;
    }
    const complete =
      /(?:^|;)\s*Endpoint=sb:\/\/[^;]/i.test(connectionString) &&
      /;\s*SharedAccess(?:Key|Signature)=[^;\s]/i.test(connectionString) &&
      !/;\s*EntityPath=/i.test(connectionString);
    return complete
      ? { kind: 'connection-string', connectionString }
      : `${CONNECTION_NAME} must be a Service Bus connection string of a namespace: "Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…", without EntityPath.`;
  }
  return managedIdentity(namespace, clientId);
}

function managedIdentity(namespace: string, clientId: string): ServiceBusConnection | string {
  if (namespace === '') {
    return `${CONNECTION_NAME} is missing; set it to a connection string, or set ${CONNECTION_NAME}__fullyQualifiedNamespace to a namespace such as contoso.servicebus.windows.net.`;
  }
  if (!isNamespace(namespace)) {
    return `${CONNECTION_NAME}__fullyQualifiedNamespace must be the host name of a Service Bus namespace such as contoso.servicebus.windows.net, but is ${maskValue(namespace)}.`;
  }
  if (clientId !== '' && !isGuid(clientId)) {
    return `${CONNECTION_NAME}__clientId must be the client id of a user-assigned managed identity, a GUID, but is ${maskValue(clientId)}.`;
  }
  return {
    kind: 'managed-identity',
    fullyQualifiedNamespace: namespace,
    ...(clientId !== '' && { clientId }),
  };
}
