import type { TokenCredential } from '@azure/identity';
import { keepSecret } from '../../redaction/known-secrets.ts';
import { defined } from '../../shared/defined.ts';
import { azureHttpClient } from './azure-http-client.ts';
import { networkUnderWay } from './network.ts';
import { soundToken } from './token.ts';

/** The library keeps the first client that it gets for the life of the process. */
const httpClient = azureHttpClient(networkUnderWay);

/**
 * The managed identity's token for the token exchange; `clientId` selects a user-assigned identity.
 *
 * @throws Error where the identity gives no token
 */
export async function managedIdentityAssertion(
  audience: string,
  clientId: string | undefined,
): Promise<string> {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  const credential = new ManagedIdentityCredential(defined({ httpClient, clientId }));
  return keepSecret(soundToken((await credential.getToken(`${audience}/.default`)).token));
}

/**
 * The credential for the Key Vault: the app's managed identity in Azure, or the person who is signed in on this machine
 * (`az login`).
 */
export async function vaultCredential(clientId: string | undefined): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new DefaultAzureCredential(defined({ httpClient, managedIdentityClientId: clientId }));
}
