import { readSecret, type SecretAddress, writeSecret } from './key-vault.ts';
import type { RefreshTokenStore } from './refresh-token.ts';

/** Source: "Refresh tokens in the Microsoft identity platform". */
const LIFETIME_MS = 90 * 24 * 60 * 60 * 1000;

/**
 * The refresh token as a Key Vault secret; its times are tags. A secret that a person put there has none:
 * then it counts as a consent of the time it was made. The expiry lets the vault announce one left unused.
 */
export function keyVaultRefreshToken(address: SecretAddress): RefreshTokenStore {
  return {
    async read() {
      const secret = await readSecret(address);
      if (secret?.value === undefined) return undefined;
      const { tags = {}, createdOn } = secret.properties;
      const createdMs = createdOn?.getTime() ?? 0;
      const consentedMs = timeIn(tags['consented']) ?? createdMs;
      return { token: secret.value, consentedMs, issuedMs: timeIn(tags['issued']) ?? createdMs };
    },
    write: ({ token, consentedMs, issuedMs }) =>
      writeSecret(address, token, {
        contentType: 'Microsoft Entra refresh token',
        expiresOn: new Date(issuedMs + LIFETIME_MS),
        tags: {
          consented: new Date(consentedMs).toISOString(),
          issued: new Date(issuedMs).toISOString(),
        },
      }),
  };
}

function timeIn(tag: string | undefined): number | undefined {
  const ms = Date.parse(tag ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}
