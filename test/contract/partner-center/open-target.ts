import { setTimeout } from 'node:timers/promises';
import { inject } from 'vitest';
import { cloudNames, clouds } from './clouds.ts';
import { type Contract, Seen, type Time } from './contract.ts';
import { fetchToken } from './fetch-token.ts';
import { requireSandbox } from './require-sandbox.ts';
import { sender } from './sender.ts';
import { describeTarget, readTarget, requireTenant } from './settings.ts';
import { openSimulated } from './simulated.ts';
import { renewing } from './token-renewal.ts';

/** What the most purchases of a sandbox customer take, one after the other. */
const MAX_TEST_MS = 3 * 60 * 60_000;

const realTime: Time = { nowMs: () => Date.now(), wait: (delayMs) => setTimeout(delayMs) };

/**
 * Connects to what the environment names: one real sandbox, or simulated ones for each cloud and kind of credentials.
 *
 * @throws Error if the environment is not conclusive, the token is not of the tenant that was named, or the suite is to
 *   write and the account is too big for a sandbox.
 */
export async function openContracts(): Promise<readonly Contract[]> {
  const target = readTarget(process.env, inject('contractSuites'));
  const line = describeTarget(target);
  console.log(line);
  if (target.kind === 'simulated') {
    return Promise.all(
      cloudNames.flatMap((cloud) =>
        [false, true].map((asPerson) =>
          openSimulated({ settings: { cloud }, asPerson, mayThrottle: true }),
        ),
      ),
    );
  }
  const { customerId, writesCustomerId, mayThrottle, tenantId, refreshToken } = target;
  const { apiUrl, loginUrl, resource } = clouds[target.cloud];
  const token = async () => {
    const fresh = await fetchToken({ ...target, loginUrl, resource });
    requireTenant(fresh, tenantId);
    return fresh;
  };
  const ask = sender(apiUrl, renewing(token, realTime.nowMs));
  if (writesCustomerId !== undefined) await requireSandbox(ask);
  return [
    {
      ...{ line, customerId, writesCustomerId, mayThrottle, ask, time: realTime },
      appOnly: refreshToken === undefined,
      maxTestMs: MAX_TEST_MS,
      seen: new Seen(),
      close: () => Promise.resolve(),
    },
  ];
}
