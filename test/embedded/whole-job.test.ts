import { describe, expect, it } from 'vitest';
import { embeddedApp } from './embedded-app.ts';
import { JumpingClock } from './jumping-clock.ts';
import { soonDue } from './soon-due.ts';

/** After so long every check is due, whatever its jitter, and every lock has ended. */
const ALL_DUE_MS = 10 * 60_000;

describe('the whole job, on real parts', () => {
  it('deletes a customer whose purchases take a while, and leaves no message behind', async () => {
    const app = await embeddedApp();
    const { customerId } = app.sandbox.addCustomer({
      purchases: [
        { kind: 'reservation', cancelTakesMs: 500 },
        { kind: 'azure-plan', azureSubscriptions: 2, cancelTakesMs: 100 },
        { kind: 'new-commerce', cancelTakesMs: 100 },
        { kind: 'saas', cancelTakesMs: 0 },
        { kind: 'licence', cancelTakesMs: 0 },
      ],
    });
    const collected = app.outcomes(1);
    await app.start();
    await app.send({ body: { customerTenantId: customerId }, messageId: 'teardown-1' });
    expect(await collected).toMatchObject([
      { teardownId: 'teardown-1', subject: 'deleted', data: { reason: 'released' } },
    ]);
    expect(app.sandbox.state()).toMatchObject({ customers: [] });
    expect(app.stack.broker.namespace.counts('teardown-checks')).toMatchObject({
      scheduled: 0,
      deadLettered: 0,
    });
  });

  it('continues after the instance died', async () => {
    // Long enough that the instance that dies cannot take the check, and with it its lock, to its grave.
    const delays = { CHECK_FIRST_DELAY: 'PT5M', CHECK_MAX_DELAY: 'PT5M' };
    const busClock = new JumpingClock();
    const app = await embeddedApp(delays, { busClock });
    const { customerId } = app.sandbox.addCustomer({
      purchases: [{ kind: 'reservation', cancelTakesMs: 700 }],
    });
    const collected = app.outcomes(1);
    const first = await app.start();
    await app.send({ body: { customerTenantId: customerId }, messageId: 'teardown-1' });
    await app.cancelled();
    await first.kill();
    await app.start();
    busClock.jump(ALL_DUE_MS);
    expect(await collected).toMatchObject([{ teardownId: 'teardown-1', subject: 'deleted' }]);
    expect(app.sandbox.state().writeCounts['delete-customer']).toBe(1);
  });

  it('writes nothing where the deployment only allows dry runs, whatever the request asks', async () => {
    const app = await embeddedApp({ TEARDOWN_MODE: 'dry-run' });
    const { customerId } = app.sandbox.addCustomer({ purchases: [{ kind: 'reservation' }] });
    const collected = app.outcomes(1);
    await app.start();
    await app.send({ body: { customerTenantId: customerId, dryRun: false }, messageId: 'plan' });
    const [outcome] = await collected;
    expect(outcome).toMatchObject({
      subject: 'planned',
      data: {
        fingerprint: expect.stringMatching(/^v2:sha256:/),
        calls: [expect.stringMatching(/^PATCH .*cancelled/), expect.stringMatching(/^DELETE /)],
      },
    });
    expect(app.sandbox.requests().requests.filter(({ isWrite }) => isWrite)).toEqual([]);
  });

  it('allows exactly the plan that was reviewed, by its fingerprint', async () => {
    const app = await embeddedApp();
    const { customerId } = app.sandbox.addCustomer({
      purchases: [{ kind: 'reservation', cancelTakesMs: 0 }],
    });
    const planned = app.outcomes(1);
    await app.start();
    await app.send({ body: { customerTenantId: customerId, dryRun: true }, messageId: 'plan' });
    const fingerprint = (await planned)[0]?.data['fingerprint'];
    const others = app.outcomes(2);
    const ask = (ifUnchanged: unknown, messageId: string) =>
      app.send({ body: { customerTenantId: customerId, ifUnchanged }, messageId });
    await ask(`v2:sha256:${'0'.repeat(64)}`, 'other plan');
    await ask(fingerprint, 'this plan');
    const ends = new Map(
      (await others).map(({ teardownId, data }) => [teardownId, data['reason']]),
    );
    expect(ends.get('other plan')).toBe('changed');
    expect(ends.get('this plan')).toBe('released');
  });

  it('stops before the first write in an account that is not a sandbox', async () => {
    const app = await embeddedApp();
    app.sandbox.changeSettings({ production: true, pageSize: 40 });
    const [first] = Array.from({ length: 76 }, () => app.sandbox.addCustomer({}).customerId);
    const collected = app.outcomes(1);
    await app.start();
    await app.send({ body: { customerTenantId: first }, messageId: 'teardown-1' });
    expect(await collected).toMatchObject([
      { subject: 'parked', data: { reason: 'not-a-sandbox' } },
    ]);
    expect(app.sandbox.requests().requests.filter(({ isWrite }) => isWrite)).toEqual([]);
  });

  it('sweeps what its rules include, once for each time, however often the timer fires', async () => {
    const app = await embeddedApp({
      SWEEP_SCHEDULE: soonDue().schedule,
      SWEEP_INCLUDE: '*.test.example',
      PROTECTED_CUSTOMERS: '[{"customer":"kept.test.example","owner":"Ada"}]',
    });
    const swept = app.sandbox.addCustomer({ domain: 'a.test.example' }).customerId;
    const kept = app.sandbox.addCustomer({ domain: 'kept.test.example' }).customerId;
    const other = app.sandbox.addCustomer({ domain: 'b.other.example' }).customerId;
    const collected = app.outcomes(2);
    const host = await app.start();
    await host.invoke('nightlySweep');
    await host.invoke('nightlySweep');
    const events = await collected;
    expect(events.map(({ subject }) => subject).toSorted()).toEqual(['completed', 'deleted']);
    const left = app.sandbox.state().customers.map(({ id }) => id);
    expect(left.toSorted()).toEqual([kept, other].toSorted());
    expect(app.sandbox.state().deletedCustomers.map(({ id }) => id)).toEqual([swept]);
  });
});

describe('the app refuses to start', () => {
  it('with a message that names the setting', async () => {
    const app = await embeddedApp({ CHECK_FIRST_DELAY: 'PT0S' });
    await expect(app.start()).rejects.toThrow(/CHECK_FIRST_DELAY must be .* but is "P…"/);
  });
});
