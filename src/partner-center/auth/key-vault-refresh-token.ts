import { readSecret, type SecretAddress, secretUrl, writeSecret } from './key-vault.ts';
import type { RefreshTokenStore } from './refresh-token.ts';
import { soundToken } from './token.ts';
import { UnusableCredential } from './unusable-credential.ts';

/** Source: https://learn.microsoft.com/entra/identity-platform/refresh-tokens */
const LIFETIME_MS = 90 * 24 * 60 * 60 * 1000;

/** As this app writes it. */
const TIME = /^\d{4}-\d{2}-\d{2}T[\d:]{8}\.\d{3}Z$/;

/** By which the clocks of this app and of the vault may differ. */
const LARGEST_SKEW_MS = 60 * 60 * 1000;

/**
 * The refresh token as a Key Vault secret; its times are tags. A secret that a person put there has none:
 * then it counts as a consent of the time it was made. The expiry lets the vault announce one left unused.
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
 * A time that this app wrote; whatever else stands there is none, and the vault's own time counts. One that is later than
 * the vault's would make every new consent the older one.
 */
function timeIn(tag: string | undefined, createdMs: number): number {
  const ms = TIME.test(tag ?? '') ? Date.parse(tag ?? '') : Number.NaN;
  return ms <= createdMs + LARGEST_SKEW_MS ? ms : createdMs;
}
