import { expect, it, vi } from 'vitest';
import { connect, retryOptions, type ServiceBusConnection } from '../../src/service-bus/connect.ts';
import { MAX_REQUEST_MS } from '../../src/service-bus/shared-client.ts';

interface Options {
  readonly retryOptions?: {
    readonly maxRetries?: number;
    readonly maxRetryDelayInMs?: number;
    readonly timeoutInMs?: number;
  };
}

vi.mock('@azure/service-bus', () => ({
  ServiceBusClient: class {
    readonly to: readonly unknown[];
    readonly options: Options;

    /** The options come last, whatever is before them. */
    constructor(...given: unknown[]) {
      this.to = given.slice(0, -1);
      this.options = given.at(-1) as Options;
    }
  },
}));

vi.mock('@azure/identity', () => ({
  ManagedIdentityCredential: class {
    readonly identity: unknown;

    constructor(identity: unknown) {
      this.identity = identity;
    }
  },
}));

const connections: Readonly<Record<string, ServiceBusConnection>> = {
  'a connection string': { kind: 'connection-string', connectionString: 'Endpoint=sb://x/' },
  'a managed identity': { kind: 'managed-identity', fullyQualifiedNamespace: 'x.example' },
};

it.each(Object.entries(connections))(
  'with %s the SDK tries twice at least, and gives up before the app does',
  async (_name, connection) => {
    const { options } = (await connect(connection)) as unknown as { options: Options };
    const {
      maxRetries = Number.POSITIVE_INFINITY,
      maxRetryDelayInMs = Number.POSITIVE_INFINITY,
      timeoutInMs = Number.POSITIVE_INFINITY,
    } = options.retryOptions ?? {};
    const maxMs = (maxRetries + 1) * timeoutInMs + maxRetries * maxRetryDelayInMs;
    expect(maxRetries).toBeGreaterThanOrEqual(1);
    expect(maxMs).toBeLessThan(MAX_REQUEST_MS);
  },
);

it.each<[string, ServiceBusConnection, unknown[]]>([
  [
    'the key of its connection string',
    { kind: 'connection-string', connectionString: 'Endpoint=sb://x/' },
    ['Endpoint=sb://x/'],
  ],
  [
    'the only identity of the app',
    { kind: 'managed-identity', fullyQualifiedNamespace: 'x.example' },
    ['x.example', { identity: {} }],
  ],
  [
    'the identity that is named',
    { kind: 'managed-identity', fullyQualifiedNamespace: 'x.example', clientId: 'client' },
    ['x.example', { identity: { clientId: 'client' } }],
  ],
])('the app comes to its namespace with %s', async (_how, connection, to) => {
  expect(await connect(connection)).toEqual({ to, options: { retryOptions } });
});
