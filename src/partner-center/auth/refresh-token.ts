import type { Network } from './network.ts';

/** The refresh token of a person who signed in. */
export interface RefreshToken {
  readonly token: string;
  /** When the person signed in, in milliseconds since the epoch. Identifies a chain of tokens. */
  readonly consentedMs: number;
  /** When this token of the chain was issued, in milliseconds since the epoch. */
  readonly issuedMs: number;
}

/** Where the refresh token is kept. */
export interface RefreshTokenStore {
  /**
   * The newest token; undefined before the first consent.
   *
   * @throws Error where the store does not answer
   * @throws UnusableCredential where it refuses
   */
  read(by?: Network): Promise<RefreshToken | undefined>;
  /**
   * Adds a token as the newest.
   *
   * @throws Error where the store does not answer
   * @throws UnusableCredential where it refuses
   */
  write(token: RefreshToken, by?: Network): Promise<void>;
}

/**
 * Whether one token replaces the other. A new consent is newer than every token of an earlier one, however late that
 * was issued: the time of issue decides only within a chain.
 */
export function isNewer(one: RefreshToken, other: RefreshToken): boolean {
  return one.consentedMs === other.consentedMs
    ? one.issuedMs > other.issuedMs
    : one.consentedMs > other.consentedMs;
}

/** After each write the store is read again. */
const MAX_WRITES = 3;

/**
 * Writes a token unless the store has a newer one, and checks that it stayed. So if two instances refresh at once, the
 * newer token stays, whichever writes first. A Key Vault cannot compare and write in one step, so an older token may
 * still be written after that check. Nothing is lost by it: the instance with the newer token uses that for its next
 * refresh, and writes the successor; both are valid for 90 days, because Microsoft Entra does not revoke a refresh
 * token when it is used (https://learn.microsoft.com/entra/identity-platform/refresh-tokens); and the vault keeps the
 * other one as a version.
 *
 * @throws what the store throws
 */
export async function writeBack(
  store: RefreshTokenStore,
  fresh: RefreshToken,
  by?: Network,
): Promise<void> {
  for (let writes = 0; ; writes += 1) {
    const stored = await store.read(by);
    if (stored !== undefined && !isNewer(fresh, stored)) return;
    if (writes === MAX_WRITES) return;
    await store.write(fresh, by);
  }
}
