import type { ServiceBusClient } from '@azure/service-bus';

/** One client for an instance, connected when first needed. */
export interface SharedClient {
  get(): Promise<ServiceBusClient>;
  close(): Promise<void>;
}

/** A failed connection is tried again by whoever asks next. */
export function sharedClient(connect: () => Promise<ServiceBusClient>): SharedClient {
  let connecting: Promise<ServiceBusClient> | undefined;
  return {
    get() {
      connecting ??= connect().catch((error: unknown) => {
        connecting = undefined;
        throw error;
      });
      return connecting;
    },
    async close() {
      if (connecting !== undefined) await (await connecting).close();
    },
  };
}
