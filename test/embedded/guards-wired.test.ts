import type { Fault } from 'partner-center-sandbox/core';
import { describe, expect, it } from 'vitest';
import { embeddedApp } from './embedded-app.ts';

/** One request for a customer with one reservation, under these settings; what it ended as, and what was written. */
async function ends(
  settings: Readonly<Record<string, string>>,
  request: Readonly<Record<string, unknown>> = {},
  faults: readonly Fault[] = [],
) {
  const chosen: Record<string, string> = { ...settings };
  const app = await embeddedApp(chosen);
  const { customerId } = app.sandbox.addCustomer({
    domain: 'kept.test.example',
    purchases: [{ kind: 'reservation', ageDays: 2 }],
  });
  if (chosen['DENIED_TENANT_IDS'] === 'this one') {
    chosen['DENIED_TENANT_IDS'] = app.stack.sandbox.tenantId.toUpperCase();
  }
  for (const fault of faults) app.sandbox.injectFault(fault);
  const collected = app.outcomes(1);
  await app.start();
  await app.send({ body: { customerTenantId: customerId, ...request }, messageId: 'teardown-1' });
  const [outcome] = await collected;
  const writes = app.sandbox.requests().requests.filter(({ isWrite }) => isWrite);
  return { end: `${outcome?.subject} ${outcome?.data['reason']}`, writes: writes.length };
}

describe('the deployed bundle uses every guard', () => {
  it.each<[string, Record<string, string>, Record<string, unknown>, string]>([
    ['the kill switch', { TEARDOWN_MODE: 'off' }, {}, 'skipped switched-off'],
    ['the deny list', { DENIED_TENANT_IDS: 'this one' }, {}, 'parked not-a-sandbox'],
    [
      'the protections',
      { PROTECTED_CUSTOMERS: '[{"customer":"*.test.example","owner":"Ada"}]' },
      {},
      'skipped protected',
    ],
    ['the expected domain', {}, { expectedDomain: 'x.example' }, 'skipped unexpected-domain'],
    ['the least idle time', {}, { minIdle: 'P7D' }, 'skipped not-idle'],
    ['the reviewed plan', {}, { ifUnchanged: `v2:sha256:${'0'.repeat(64)}` }, 'skipped changed'],
  ])('%s', async (_name, settings, request, end) => {
    expect(await ends(settings, request)).toEqual({ end, writes: 0 });
  });

  it('the proof of the sandbox', async () => {
    const customers = Array.from({ length: 76 }, (_, n) => ({ id: `customer-${n}` }));
    const tooMany: Fault = {
      kind: 'status',
      operation: 'list-customers',
      status: 200,
      body: { totalCount: customers.length, items: customers },
    };
    expect(await ends({}, {}, [tooMany])).toEqual({ end: 'parked not-a-sandbox', writes: 0 });
  });
});
