import { ManualClock } from '@sandbox-teardown/shared/clock';
import { startSandbox } from 'partner-center-sandbox';
import type { CustomerSpec, SandboxSettings } from 'partner-center-sandbox/core';
import { clouds } from './clouds.ts';
import { type Contract, Seen, type Time } from './contract.ts';
import { fetchToken } from './fetch-token.ts';
import { sender } from './sender.ts';
import { requireTenant } from './settings.ts';
import { renewing } from './token-renewal.ts';

export interface Simulated {
  readonly name?: string;
  readonly asPerson?: boolean;
  readonly settings?: Partial<SandboxSettings>;
  /** The customers that are read from and written to. Default: one of everything that can be released, some of it slow. */
  readonly customer?: CustomerSpec;
  readonly mustEnd?: 'deleted' | 'kept';
  readonly mayThrottle?: boolean;
}

const ONE_OF_EVERYTHING: CustomerSpec = {
  purchases: [
    { kind: 'reservation', nested: 1 },
    { kind: 'perpetual-software', lines: 2 },
    { kind: 'software-subscription' },
    { kind: 'new-commerce', cancelTakesMs: 8 * 60_000 },
    { kind: 'saas', activated: false },
    { kind: 'azure-plan', azureSubscriptions: 2 },
    { kind: 'licence', cancelTakesMs: 3 * 60_000 },
  ],
};

const MAX_TEST_MS = 600_000;

/** A simulated sandbox on a clock that only the suite moves. */
export async function openSimulated(simulated: Simulated): Promise<Contract> {
  const { asPerson = false, settings = {}, customer = ONE_OF_EVERYTHING } = simulated;
  const clock = new ManualClock();
  const server = await startSandbox({ clock, settings });
  const { resource } = clouds[server.sandbox.settings.cloud];
  const refreshToken = asPerson ? { refreshToken: server.login.issueRefreshToken() } : {};
  const token = async () => {
    const fresh = await fetchToken({ ...server, resource, ...refreshToken });
    requireTenant(fresh, server.tenantId);
    return fresh;
  };
  const as = asPerson ? 'App+User' : 'App-only';
  return {
    line: `the simulated sandbox, ${simulated.name ?? server.sandbox.settings.cloud}, ${as}`,
    customerId: server.sandbox.addCustomer(customer).customerId,
    writesCustomerId: server.sandbox.addCustomer(customer).customerId,
    appOnly: !asPerson,
    mayThrottle: simulated.mayThrottle ?? false,
    mustEnd: simulated.mustEnd ?? 'deleted',
    maxTestMs: MAX_TEST_MS,
    time: timeOf(clock),
    seen: new Seen(),
    close: () => server.close(),
    ask: sender(
      server.apiUrl,
      renewing(token, () => clock.nowMs()),
    ),
  };
}

/** Waiting takes no time: it moves the clock. */
export const timeOf = (clock: ManualClock): Time => ({
  nowMs: () => clock.nowMs(),
  wait: async (delayMs) => clock.advance(delayMs),
});
