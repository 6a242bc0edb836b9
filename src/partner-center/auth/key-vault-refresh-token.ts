import { readSecret, type SecretAddress, secretUrl, writeSecret } from './key-vault.ts';
import type { RefreshTokenStore } from './refresh-token.ts';
import { soundToken } from './token.ts';
import { UnusableCredential } from './unusable-credential.ts';

/** Source: https://learn.microsoft.com/entra/identity-platform/refresh-tokens */
const LIFETIME_MS = 90 * 24 * 60 * 60 * 1000;

/** A time as this app writes it. */
const TIME = /^\d{4}-\d{2}-\d{2}T[\d:]{8}\.\d{3}Z/;

/** How far the clocks of this app and of the vault may be apart. */
const MAX_SKEW_MS = 60 * 60 * 1000;

/**
 * Stores the refresh token as a Key Vault secret, with its times as tags. A secret that a person created has no tags,
 * and counts as a consent at its creation. The expiry lets the vault give notice of a token that is not used.
 */
export function keyVaultRefreshToken(address: SecretAddress): RefreshTokenStore {
  return {
    async read(by) {
      const secret = await readSecret(address, by);
      if (secret?.value === undefined) return undefined;
      const { tags = {}, createdOn } = secret.properties;
      const createdMs = createdOn?.getTime() ?? 0;
      return {
        token: tokenIn(secret.value, address),
        consentedMs: timeIn(tags['consented'], createdMs),
        issuedMs: timeIn(tags['issued'], createdMs),
      };
    },
    write: ({ token, consentedMs, issuedMs }, by) =>
      writeSecret(
        address,
        token,
        {
          contentType: 'Microsoft Entra refresh token',
          expiresOn: new Date(issuedMs + LIFETIME_MS),
          tags: {
            consented: new Date(consentedMs).toISOString(),
            issued: new Date(issuedMs).toISOString(),
          },
        },
        by,
      ),
  };
}

function tokenIn(value: string, address: SecretAddress): string {
  try {
    return soundToken(value);
  } catch {
    throw new UnusableCredential(`${secretUrl(address)} holds no refresh token.`);
  }
}

/**
 * The time in a tag, if this app wrote it, and the vault's own time otherwise; also where the tag is later than that:
 * it would make every new consent the older one.
 */
function timeIn(tag: unknown, createdMs: number): number {
  const ms = typeof tag === 'string' && TIME.test(tag) ? Date.parse(tag) : Number.NaN;
  return ms <= createdMs + MAX_SKEW_MS ? ms : createdMs;
}
