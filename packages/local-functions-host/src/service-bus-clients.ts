import { RetryMode, ServiceBusClient } from '@azure/service-bus';
import type { HostSettings } from './host-json.ts';

/** One connection for each connection string, shared by the functions that name it. */
export class ServiceBusClients {
  readonly #retry: HostSettings['serviceBus']['retry'];
  readonly #byConnection = new Map<string, ServiceBusClient>();

  constructor(retry: HostSettings['serviceBus']['retry']) {
    this.#retry = retry;
  }

  get(connectionString: string): ServiceBusClient {
    const existing = this.#byConnection.get(connectionString);
    if (existing !== undefined) return existing;
    const { mode, timeoutMs, delayMs, maxDelayMs, maxRetries } = this.#retry;
    const client = new ServiceBusClient(connectionString, {
      retryOptions: {
        mode: mode === 'exponential' ? RetryMode.Exponential : RetryMode.Fixed,
        timeoutInMs: timeoutMs,
        retryDelayInMs: delayMs,
        maxRetryDelayInMs: maxDelayMs,
        maxRetries,
      },
    });
    this.#byConnection.set(connectionString, client);
    return client;
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#byConnection.values()].map((client) => client.close()));
  }
}
