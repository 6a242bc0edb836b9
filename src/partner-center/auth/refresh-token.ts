import type { Network } from './network.ts';

/** A refresh token of a person who once signed in. */
export interface RefreshToken {
  readonly token: string;
  /** When the person signed in, in milliseconds since the epoch: names the chain. */
  readonly consentedMs: number;
  /** When this link of the chain was issued, in milliseconds since the epoch. */
  readonly issuedMs: number;
}

/** Where the refresh token is kept. */
export interface RefreshTokenStore {
  /** The newest one; undefined where nobody has consented yet. */
  read(by?: Network): Promise<RefreshToken | undefined>;
  write(token: RefreshToken, by?: Network): Promise<void>;
}

/**
 * A person's new consent is newer than anything that grew from an earlier one, however late that was
 * issued: only within one chain does the time of issue decide.
 */
export function isNewer(one: RefreshToken, other: RefreshToken): boolean {
  return one.consentedMs === other.consentedMs
    ? one.issuedMs > other.issuedMs
    : one.consentedMs > other.consentedMs;
}

/** Each is followed by a look at what the store has now. */
const MAX_WRITES = 3;

/**
 * Writes a token unless the store has a newer one, and looks whether it stayed: so of two instances that
 * refresh at once the newer token stays, whoever writes first. A Key Vault cannot compare and write in one
 * step: an older one that comes after even that check stands for a while. Nothing is lost by that either: the instance
 * that holds the newer one uses it for its next refresh and writes its successor; both are good for 90 days,
 * because Microsoft Entra does not revoke a refresh token when it is used; and the vault keeps the other as a
 * version.
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
