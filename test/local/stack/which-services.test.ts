import { describe, expect, it } from 'vitest';
import {
  isConfigured,
  modeOnSimulatedSandbox,
  requireConnectionFor,
} from '../../../local/start/which-services.ts';
import { settingNames } from '../../../src/settings/settings.ts';

const NAMESPACE = 'ServiceBusConnection__fullyQualifiedNamespace';

describe('npm start', () => {
  it('works on the simulated sandbox where nothing is configured, and blank is nothing', () => {
    expect(isConfigured({})).toBe(false);
    expect(
      isConfigured({ ServiceBusConnection: ' ', [NAMESPACE]: '', SANDBOX_TENANT_ID: ' ' }),
    ).toBe(false);
  });

  it('works on the Service Bus that is configured', () => {
    expect(isConfigured({ ServiceBusConnection: 'x' })).toBe(true);
    expect(isConfigured({ [NAMESPACE]: 'x' })).toBe(true);
    expect(isConfigured({ ServiceBusConnection: 'x', SANDBOX_TENANT_ID: 'x' })).toBe(true);
  });

  const either = (name: string) => /^(?:SANDBOX_TENANT_ID$|PARTNER_CENTER_)/.test(name);
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
