import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { parseHostJson } from '../src/host-json.ts';

test('an empty host.json has the defaults of the real host', () => {
  expect(parseHostJson('{}')).toEqual({
    functionTimeoutMs: 1_800_000,
    logLevels: {},
    serviceBus: {
      prefetchCount: 0,
      autoCompleteMessages: true,
      maxConcurrentCalls: 16 * availableParallelism(),
      maxAutoLockRenewalMs: 300_000,
      retry: {
        mode: 'exponential',
        timeoutMs: 60_000,
        delayMs: 800,
        maxDelayMs: 60_000,
        maxRetries: 3,
      },
    },
  });
});

test('the settings of host.json apply, and unknown keys are ignored', () => {
  const settings = parseHostJson(
    JSON.stringify({
      version: '2.0',
      functionTimeout: '-1',
      extensionBundle: { id: 'any', version: '[4.*, 5.0.0)' },
      logging: {
        logLevel: { default: 'Warning', 'Function.sweep': 'Debug' },
        applicationInsights: {},
      },
      extensions: {
        http: { routePrefix: '' },
        serviceBus: {
          prefetchCount: 20,
          autoCompleteMessages: false,
          maxConcurrentCalls: 8,
          maxAutoLockRenewalDuration: '-00:00:00.0010000',
          clientRetryOptions: { mode: 'Fixed', delay: '00:00:02' },
        },
      },
    }),
  );
  expect(settings).toMatchObject({
    functionTimeoutMs: Number.POSITIVE_INFINITY,
    logLevels: { default: 'warning', 'Function.sweep': 'debug' },
    serviceBus: {
      prefetchCount: 20,
      autoCompleteMessages: false,
      maxConcurrentCalls: 8,
      maxAutoLockRenewalMs: Number.POSITIVE_INFINITY,
      retry: { mode: 'fixed', delayMs: 2_000 },
    },
  });
});

const inServiceBus = (members: object) => ({ extensions: { serviceBus: members } });

test.each([
  [{ version: '1.0' }, 'host.json: version must be "2.0".'],
  [{ functionTimeout: '5 minutes' }, 'functionTimeout must be a time span'],
  [{ functionTimeout: '00:00:00' }, 'functionTimeout must be longer than zero'],
  [inServiceBus({ maxConcurrentCalls: '8' }), 'extensions.serviceBus.maxConcurrentCalls must be'],
  [inServiceBus({ maxConcurrentCalls: 0 }), 'maxConcurrentCalls must be a whole number from 1'],
  [inServiceBus({ prefetchCount: 1.5 }), 'prefetchCount must be a whole number from 0'],
  [inServiceBus({ autoCompleteMessages: 'yes' }), 'autoCompleteMessages must be true or false.'],
  [inServiceBus({ maxAutoLockRenewalDuration: 5 }), 'maxAutoLockRenewalDuration must be a time'],
  [
    { extensions: [], logging: { logLevel: { default: 'Loud' } } },
    'logging.logLevel.default must be one of trace',
  ],
  [
    { concurrency: { dynamicConcurrencyEnabled: true } },
    'dynamicConcurrencyEnabled is not supported',
  ],
])('host.json %j is refused: %s', (document, message) => {
  expect(() => parseHostJson(JSON.stringify(document))).toThrow(message);
});

test('a host.json that is no JSON is refused', () => {
  expect(() => parseHostJson('{')).toThrow(/^host\.json is not valid JSON: .*Correct the file\.$/);
});

test('app settings override host.json', () => {
  const settings = parseHostJson('{"extensions":{"serviceBus":{"prefetchCount":3}}}', {
    AzureFunctionsJobHost__extensions__serviceBus__maxConcurrentCalls: '4',
    AzureFunctionsJobHost__extensions__serviceBus__autoCompleteMessages: 'False',
    AzureFunctionsJobHost__functionTimeout: '00:01:00',
    'AzureFunctionsJobHost__logging__logLevel__Function.sweep': 'Debug',
    OTHER: 'x',
  });
  expect(settings).toMatchObject({
    functionTimeoutMs: 60_000,
    logLevels: { 'Function.sweep': 'debug' },
    serviceBus: { prefetchCount: 3, maxConcurrentCalls: 4, autoCompleteMessages: false },
  });
  expect(() => parseHostJson('{}', { AzureFunctionsJobHost__functionTimeout: 'soon' })).toThrow(
    'functionTimeout must be a time span',
  );
});
