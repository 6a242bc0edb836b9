import { describe, expect, it } from 'vitest';
import {
  isConfigured,
  modeOnSimulatedSandbox,
  requireConnectionFor,
  requireNoOptions,
} from '../../../dev/start/which-services.ts';
import { settingNames } from '../../../src/settings/settings.ts';

const NAMESPACE = 'ServiceBusConnection__fullyQualifiedNamespace';

describe('npm start', () => {
  it('uses the simulated sandbox where nothing is configured, or only blanks', () => {
    expect(isConfigured({})).toBe(false);
    expect(
      isConfigured({ ServiceBusConnection: ' ', [NAMESPACE]: '', SANDBOX_TENANT_ID: ' ' }),
    ).toBe(false);
  });

  it('uses the configured Service Bus', () => {
    expect(isConfigured({ ServiceBusConnection: 'x' })).toBe(true);
    expect(isConfigured({ [NAMESPACE]: 'x' })).toBe(true);
    expect(isConfigured({ ServiceBusConnection: 'x', SANDBOX_TENANT_ID: 'x' })).toBe(true);
  });

  const either = (name: string) => /^(?:SANDBOX_|PARTNER_CENTER_)/.test(name);
  const howToAsk = ['PARTNER_CENTER_TIMEOUT', 'PARTNER_CENTER_REQUESTS_PER_MINUTE'];

  it.each(settingNames.filter((name) => either(name) && !howToAsk.includes(name)))(
    'refuses %s without a Service Bus, by its name',
    (name) => {
      expect(() => isConfigured({ [name]: 'x' })).toThrow(
        `${name} is set, and no Service Bus: set ServiceBusConnection too, or unset it`,
      );
    },
  );

  it.each(settingNames.filter((name) => !either(name) || howToAsk.includes(name)))(
    'takes %s for the simulated sandbox too',
    (name) => expect(isConfigured({ [name]: 'x' })).toBe(false),
  );

  it.each(['clientId', 'credential', 'fullyQualifiedNamespac'])(
    'refuses half a connection by identity, of which there is only %s',
    (part) => {
      const name = `ServiceBusConnection__${part}`;
      expect(() => isConfigured({ [name]: 'x', SANDBOX_TENANT_ID: 'x' })).toThrow(
        `${name} is set, which is half a connection: set ${NAMESPACE} too, or unset it for`,
      );
      expect(isConfigured({ [name]: 'x', [NAMESPACE]: 'x' })).toBe(true);
      expect(isConfigured({ [name]: ' ' })).toBe(false);
    },
  );

  it.each(['', '__fullyQualifiedNamespace'])(
    'refuses AzureWebJobsServiceBusConnection%s, by which only the host would listen elsewhere',
    (end) => {
      const name = `AzureWebJobsServiceBusConnection${end}`;
      for (const others of [{}, { ServiceBusConnection: 'x' }]) {
        expect(() => isConfigured({ ...others, [name]: 'x' })).toThrow(
          `${name} is set, which only the functions host would heed: unset it, and set ServiceBusConnection${end} instead`,
        );
      }
    },
  );

  it('rejects options of the simulated sandbox with another service, and names the setting', () => {
    const both = { ServiceBusConnection: 'x', [NAMESPACE]: 'x' };
    expect(() => requireNoOptions({}, both)).not.toThrow();
    expect(() => requireNoOptions({ busPort: 0 }, { [NAMESPACE]: 'x' })).toThrow(
      `and ${NAMESPACE} is set: leave them out, or unset it.`,
    );
    expect(() => requireNoOptions({ busPort: 0 }, both)).toThrow(
      `and ServiceBusConnection, ${NAMESPACE} are set: leave them out, or unset them.`,
    );
  });

  it.each([
    ['off', 'off'],
    ['dry-run', 'dry-run'],
    ['enforce', 'enforce'],
    [undefined, 'enforce'],
    [' ', 'enforce'],
  ])('with TEARDOWN_MODE %s runs the simulated sandbox in %s', (TEARDOWN_MODE, mode) => {
    expect(modeOnSimulatedSandbox({ TEARDOWN_MODE })).toBe(mode);
  });

  it('needs a connection string in the embedded host, which has no identity', () => {
    const byIdentity = { [NAMESPACE]: 'x' };
    expect(() => requireConnectionFor('embedded', byIdentity)).toThrow(NAMESPACE);
    expect(() => requireConnectionFor('core-tools', byIdentity)).not.toThrow();
    expect(() => requireConnectionFor('embedded', { ServiceBusConnection: 'x' })).not.toThrow();
  });
});
