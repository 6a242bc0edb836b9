import type { HttpClient } from '@azure/core-rest-pipeline';
import { azureHttpClient } from './azure-http-client.ts';
import { withoutAnswer } from './login-trouble.ts';
import type { Network } from './network.ts';

/** The application that signs in, as registered in the sandbox's tenant. */
export interface Application {
  /** `https://…`, without a slash at the end. */
  readonly loginUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly scope: string;
}

/** No redirect is followed, and nothing tried again here: a failing sign-in is one more reason to check again later. */
export function credentialOptions(loginUrl: string, network: Network) {
  return {
    authorityHost: loginUrl,
    disableInstanceDiscovery: true,
    httpClient: loginHttpClient(network),
    redirectOptions: { maxRetries: 0 },
    retryOptions: { maxRetries: 0 },
  };
}

/** In `@azure/identity` it is MSAL that asks the login endpoint. */
function loginHttpClient(network: Network): HttpClient {
  const client = azureHttpClient(network);
  return {
    sendRequest: (request) =>
      client.sendRequest(request).catch(async (error: unknown) => {
        throw await withoutAnswer(error);
      }),
  };
}
