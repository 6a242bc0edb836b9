import type { HttpClient } from '@azure/core-rest-pipeline';
import { azureHttpClient } from './azure-http-client.ts';
import { withoutAnswer } from './login-errors.ts';
import type { Network } from './network.ts';

/** The application that signs in, as registered in the sandbox's tenant. */
export interface Application {
  /** `https://…`, without a trailing slash. */
  readonly loginUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly scope: string;
}

/** No redirects and no retries: after a failed sign-in the next check tries again. */
export function credentialOptions(loginUrl: string, network: Network) {
  return {
    authorityHost: loginUrl,
    disableInstanceDiscovery: true,
    httpClient: loginHttpClient(network),
    redirectOptions: { maxRetries: 0 },
    retryOptions: { maxRetries: 0 },
  };
}

/** MSAL inside `@azure/identity` calls the login endpoint, and hides errors of any type but its own. */
function loginHttpClient(network: Network): HttpClient {
  const client = azureHttpClient(network);
  return {
    sendRequest: (request) =>
      client.sendRequest(request).catch(async (error: unknown) => {
        throw await withoutAnswer(error);
      }),
  };
}
