import { expect, it, vi } from 'vitest';
import { connect, type ServiceBusConnection } from '../../src/service-bus/connect.ts';
import { LONGEST_REQUEST_MS } from '../../src/service-bus/shared-client.ts';

interface Options {
  readonly retryOptions?: {
    readonly maxRetries?: number;
    readonly maxRetryDelayInMs?: number;
    readonly timeoutInMs?: number;
  };
}

vi.mock('@azure/service-bus', () => ({
  ServiceBusClient: class {
    readonly options: Options;

    /** The options come last, whatever is before them. */
    constructor(...given: unknown[]) {
      this.options = given.at(-1) as Options;
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
    const longestMs = (maxRetries + 1) * timeoutInMs + maxRetries * maxRetryDelayInMs;
    expect(maxRetries).toBeGreaterThanOrEqual(1);
    expect(longestMs).toBeLessThan(LONGEST_REQUEST_MS);
  },
);
