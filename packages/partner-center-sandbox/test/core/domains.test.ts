import { describe, expect, test } from 'vitest';
import { createFixture } from '../fixture.ts';

describe('a domain', () => {
  test('is taken while a customer has it, whatever the letters, and free otherwise', () => {
    const fixture = createFixture();
    fixture.sandbox.addCustomer({ domain: 'Taken.onmicrosoft.com' });
    const ask = (domain: string) => {
      const { status, body } = fixture.call('HEAD', `/v1/domains/${domain}`);
      return [status, body];
    };
    expect(ask('tAKEN.onmicrosoft.com')).toEqual([200, undefined]);
    expect(ask('free.onmicrosoft.com')).toEqual([404, undefined]);
    expect(ask('onmicrosoft.com')).toEqual([404, undefined]);
  });

  test.each([
    ['free', 404],
    ['taken', 200],
  ] as const)('of a deleted customer is %s, as configured', (deletedDomains, status) => {
    const fixture = createFixture({ deletedDomains });
    const { customerId } = fixture.sandbox.addCustomer({ domain: 'gone.onmicrosoft.com' });
    fixture.call('DELETE', `/v1/customers/${customerId}`);
    expect(fixture.call('HEAD', '/v1/domains/gone.onmicrosoft.com').status).toBe(status);
  });
});
