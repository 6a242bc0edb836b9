import { ResourceFactoryResolver } from '@azure/functions-extensions-base';
import { BINDING_SOURCE } from '../service-bus/model-binding-data.ts';

/**
 * Has the Functions library hand over a Service Bus message as the host sent it, still encoded. It is decoded in the
 * handler: what is thrown here is wrapped in an error about a missing package.
 */
export function registerMessageBinding(): void {
  ResourceFactoryResolver.getInstance().registerResourceFactory(BINDING_SOURCE, (data) =>
    Array.isArray(data) ? undefined : data.content,
  );
}
