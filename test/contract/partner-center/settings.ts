import { isGuid } from '../../../src/shared/guid.ts';
import { type ContractSuite, whyIgnored } from '../named-suites.ts';
import { type CloudName, clouds, isCloudName } from './clouds.ts';

/**
 * Which Partner Center the contract suite runs against. Only a complete set of variables leads to a real one, and only
 * where the command names the suite: variables still exported from another day must not make a run of everything write
 * to a real account.
 */
export type ContractTarget =
  | {
      readonly kind: 'simulated';
      /** Why a real one that is named is left alone. */
      readonly why?: string;
    }
  | {
      readonly kind: 'real';
      readonly cloud: CloudName;
      readonly tenantId: string;
      readonly clientId: string;
      readonly clientSecret: string;
      /** A person's, for App+User; absent: App-only. */
      readonly refreshToken?: string;
      /** Read from. */
      readonly customerId: string;
      /** Written to and, if it can be, deleted; absent: nothing is written. */
      readonly writesCustomerId?: string;
      /** Use up the requests of a minute, to see what 429 looks like. */
      readonly mayThrottle: boolean;
    };

const SUITE = 'test/contract/partner-center';
const PREFIX = 'PARTNER_CENTER_CONTRACT_';
const REQUIRED = ['TENANT', 'CLIENT_ID', 'CLIENT_SECRET', 'CUSTOMER'] as const;
const OPTIONAL = ['WRITES', 'CLOUD', 'REFRESH_TOKEN', 'THROTTLE'] as const;

/**
 * Reads the target from environment variables.
 *
 * @param named the suites that the command names
 * @throws Error if only some of them are set or one is not a GUID: a half-made decision runs against nothing.
 */
export function readTarget(
  environment: Readonly<Record<string, string | undefined>>,
  named: readonly ContractSuite[],
): ContractTarget {
  const value = (name: string) => environment[PREFIX + name]?.trim() ?? '';
  const writes = value('WRITES');
  const missing = REQUIRED.filter((name) => value(name) === '');
  const nothing = OPTIONAL.every((name) => value(name) === '');
  if (missing.length === REQUIRED.length && nothing) return { kind: 'simulated' };
  if (!named.includes(SUITE)) return { kind: 'simulated', why: whyIgnored(`${PREFIX}*`, SUITE) };
  if (missing.length > 0) {
    throw new Error(
      `To run against a real sandbox, set ${missing.map((name) => PREFIX + name).join(', ')} too; to run against the simulated one, unset all ${PREFIX}* variables.`,
    );
  }
  for (const name of ['TENANT', 'CUSTOMER', ...(writes === '' ? [] : ['WRITES'])]) {
    if (!isGuid(value(name))) throw new Error(`${PREFIX}${name} must be a GUID.`);
  }
  const cloud = value('CLOUD') || 'global';
  if (!isCloudName(cloud)) {
    throw new Error(`${PREFIX}CLOUD must be one of ${Object.keys(clouds).join(', ')}.`);
  }
  if (!['', 'yes'].includes(value('THROTTLE'))) {
    throw new Error(`${PREFIX}THROTTLE must be "yes", or not set.`);
  }
  const refreshToken = value('REFRESH_TOKEN');
  return {
    kind: 'real',
    cloud,
    mayThrottle: value('THROTTLE') === 'yes',
    ...(refreshToken === '' ? {} : { refreshToken }),
    tenantId: value('TENANT').toLowerCase(),
    clientId: value('CLIENT_ID'),
    clientSecret: value('CLIENT_SECRET'),
    customerId: value('CUSTOMER').toLowerCase(),
    ...(writes === '' ? {} : { writesCustomerId: writes.toLowerCase() }),
  };
}

/**
 * Makes sure that a token is of the tenant that was named.
 *
 * @throws Error if it is of another, or no token at all.
 */
export function requireTenant(token: string, tenantId: string): void {
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
  const tenant = /"tid"\s*:\s*"([^"]*)"/.exec(claims)?.[1];
  if (tenant?.toLowerCase() === tenantId.toLowerCase()) return;
  throw new Error(
    `The token is of tenant ${tenant ?? '(unknown)'}, not of ${tenantId}: the contract suite goes no further.`,
  );
}

/** The one line that says what is about to be called. */
export function describeTarget(target: ContractTarget): string {
  if (target.kind === 'simulated') {
    return `Partner Center contract: against the simulated sandbox. ${target.why ?? ''}`.trim();
  }
  const writes =
    target.writesCustomerId === undefined
      ? 'read-only'
      : `WRITING to customer ${target.writesCustomerId}`;
  const as = target.refreshToken === undefined ? 'App-only' : 'App+User';
  return `Partner Center contract: against the real tenant ${target.tenantId} (${target.cloud}, ${as}), ${writes}.`;
}
