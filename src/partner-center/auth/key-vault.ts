import type { KeyVaultSecret, SecretClient, SetSecretOptions } from '@azure/keyvault-secrets';
import { keepSecret } from '../../redaction/known-secrets.ts';
import { isLoopback } from '../http/loopback.ts';
import { azureHttpClient } from './azure-http-client.ts';
import { vaultCredential } from './managed-identity.ts';
import { type Network, network } from './network.ts';
import { UnusableCredential } from './unusable-credential.ts';

/** A secret in a Key Vault, whatever its version. */
export interface SecretAddress {
  /** `https://<vault>.vault.azure.net`. */
  readonly vaultUrl: string;
  readonly name: string;
  /** The user-assigned identity to use; absent: the system-assigned one. */
  readonly identityClientId?: string;
}

/** The limit for one call to the vault. */
const CALL_LIMIT_MS = 5_000;

/**
 * The newest version of a secret; undefined where there is none.
 *
 * @throws UnusableCredential if the vault refuses (401 or 403)
 */
export async function readSecret(
  address: SecretAddress,
  by = network(),
): Promise<KeyVaultSecret | undefined> {
  try {
    const secret = await (await open(address, by)).getSecret(address.name, limit());
    keepSecret(secret.value);
    return secret;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw explained(error, address, 'Key Vault Secrets User');
  }
}

/**
 * Adds a version; the earlier ones stay.
 *
 * @throws UnusableCredential if the vault refuses (401 or 403)
 */
export async function writeSecret(
  address: SecretAddress,
  value: string,
  options: SetSecretOptions,
  by = network(),
): Promise<void> {
  try {
    await (await open(address, by)).setSecret(address.name, value, { ...options, ...limit() });
  } catch (error) {
    throw explained(error, address, 'Key Vault Secrets Officer');
  }
}

export const secretUrl = ({ vaultUrl, name }: SecretAddress): string =>
  `${vaultUrl}/secrets/${name}`;

async function open(
  { vaultUrl, identityClientId }: SecretAddress,
  by: Network,
): Promise<SecretClient> {
  const [{ SecretClient }, credential] = await Promise.all([
    import('@azure/keyvault-secrets'),
    vaultCredential(identityClientId),
  ]);
  return new SecretClient(vaultUrl, credential, {
    httpClient: azureHttpClient(by),
    redirectOptions: { maxRetries: 0 },
    retryOptions: { maxRetries: 1, retryDelayInMs: 200, maxRetryDelayInMs: 1_000 },
    // The embedded stack's vault is on this machine, which is in no vault's domain.
    disableChallengeResourceVerification: isLoopback(new URL(vaultUrl)),
  });
}

const limit = () => ({ abortSignal: AbortSignal.timeout(CALL_LIMIT_MS) });

function statusOf(error: unknown): unknown {
  return Object(error).statusCode;
}

function explained(error: unknown, address: SecretAddress, role: string): unknown {
  const status = statusOf(error);
  if (status !== 401 && status !== 403) return error;
  return new UnusableCredential(
    `The Key Vault refused ${secretUrl(address)} (${status}); give the identity that runs this the role "${role}" on it.`,
    { cause: error },
  );
}
