import { azureHttpClient } from './azure-http-client.ts';
import type { Network } from './network.ts';

/** The application that signs in, as registered in the sandbox's tenant. */
export interface Application {
  /** `https://…`, without a slash at the end. */
  readonly loginUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly scope: string;
}

/** No redirect is followed, and nothing tried again here: a failing sign-in is one more reason to look again later. */
export function credentialOptions(loginUrl: string, network: Network) {
  return {
    authorityHost: loginUrl,
    disableInstanceDiscovery: true,
    httpClient: azureHttpClient(network),
    redirectOptions: { maxRetries: 0 },
    retryOptions: { maxRetries: 0 },
  };
}
