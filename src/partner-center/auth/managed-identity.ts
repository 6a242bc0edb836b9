import type { TokenCredential } from '@azure/identity';
import { keepSecret } from '../../redaction/known-secrets.ts';
import { defined } from '../../shared/defined.ts';
import { azureHttpClient } from './azure-http-client.ts';
import { networkUnderWay } from './network.ts';
import { soundToken } from './token.ts';

/** The library keeps the first client that it is given for as long as the process lives. */
const httpClient = azureHttpClient(networkUnderWay);

/** The managed identity's token for the exchange; `clientId` names a user-assigned one. */
export async function managedIdentityAssertion(
  audience: string,
  clientId: string | undefined,
): Promise<string> {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  const credential = new ManagedIdentityCredential(defined({ httpClient, clientId }));
  return keepSecret(soundToken((await credential.getToken(`${audience}/.default`)).token));
}

/**
 * Who asks the Key Vault: the app's managed identity in Azure, and on a person's machine whoever is
 * signed in there (`az login`).
 */
export async function vaultCredential(clientId: string | undefined): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new DefaultAzureCredential(defined({ httpClient, managedIdentityClientId: clientId }));
}
