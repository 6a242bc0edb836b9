/** The application that signs in, as registered in the sandbox's tenant. */
export interface Application {
  /** `https://…`, without a slash at the end. */
  readonly loginUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly scope: string;
}

/** No redirect is followed, and no long retries: a failing sign-in is one more reason to look again later. */
export function credentialOptions(loginUrl: string) {
  return {
    authorityHost: loginUrl,
    disableInstanceDiscovery: true,
    redirectOptions: { maxRetries: 0 },
    retryOptions: { maxRetries: 1, retryDelayInMs: 200, maxRetryDelayInMs: 1_000 },
  };
}
