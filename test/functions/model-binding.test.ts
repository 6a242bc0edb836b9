import { createRequire } from 'node:module';
import { type ModelBindingData, ResourceFactoryResolver } from '@azure/functions-extensions-base';
import { expect, it, vi } from 'vitest';
import { registerMessageBinding } from '../../src/functions/model-binding.ts';

// As the bundle has it: a module that Node alone finds no names in.
vi.mock('@azure/functions-extensions-base', () =>
  createRequire(import.meta.url)('@azure/functions-extensions-base'),
);

it('a message reaches its function as the host sent it, and several at once do not', () => {
  registerMessageBinding();
  const handedOver = (data: ModelBindingData | ModelBindingData[]) =>
    ResourceFactoryResolver.getInstance().createClient('AzureServiceBusReceivedMessage', data);
  const message = { content: Buffer.of(1, 2, 3) };
  expect(handedOver(message)).toBe(message.content);
  expect(handedOver([message])).toBeUndefined();
});
