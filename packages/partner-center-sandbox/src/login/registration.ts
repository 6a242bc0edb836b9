/** The application as it is registered with the simulated Microsoft Entra. */
export interface Registration {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Certificates or public keys in PEM whose private keys may sign a client assertion. */
  readonly certificates?: readonly string[];
  /** Workloads whose tokens stand for the application, such as a managed identity's. */
  readonly federatedCredentials?: readonly FederatedCredential[];
}

export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  /** If given, the token must be signed with its private key; else its claims suffice. */
  readonly publicKeyPem?: string;
}
