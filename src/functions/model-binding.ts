import { ResourceFactoryResolver } from '@azure/functions-extensions-base';
import { BINDING_SOURCE } from '../service-bus/model-binding-data.ts';

/**
 * Makes the Functions library pass on a Service Bus message as the host sent it, still encoded. It is decoded in the
 * handler, because the library turns whatever is thrown here into an error about a missing package.
 */
export function registerMessageBinding(): void {
  ResourceFactoryResolver.getInstance().registerResourceFactory(BINDING_SOURCE, (data) =>
    Array.isArray(data) ? undefined : data.content,
  );
}
