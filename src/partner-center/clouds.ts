export type CloudName = 'global' | 'china' | 'us-government';

export interface Cloud {
  /** Base address of the API, without `/v1`. */
  readonly apiUrl: string;
  /** Where tokens come from. */
  readonly loginUrl: string;
  /** Older addresses that the same cloud still answers at. */
  readonly otherLoginUrls: readonly string[];
  /** What the token must be for; the scope is this and `/.default`. */
  readonly resource: string;
  /** Where a person checks. */
  readonly portalUrl: string;
  /** What a managed identity's token must be for, to stand for the application. */
  readonly tokenExchangeAudience: string;
  /** Key Vaults are hosts below this domain. */
  readonly keyVaultDomain: string;
}

/**
 * The clouds that the published articles name. Sources:
 * - API: https://learn.microsoft.com/partner-center/developer/partner-center-rest-urls
 * - authorities: https://learn.microsoft.com/partner-center/developer/partner-center-authentication
 * - 21Vianet's resource:
 *   https://learn.microsoft.com/partner-center/developer/deprecate-azure-active-directory-graph-token
 * - token exchange:
 *   https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity
 * - vaults: https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
 */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  global: {
    apiUrl: 'https://api.partnercenter.microsoft.com',
    loginUrl: 'https://login.microsoftonline.com',
    otherLoginUrls: [],
    resource: 'https://api.partnercenter.microsoft.com',
    portalUrl: 'https://partner.microsoft.com',
    tokenExchangeAudience: 'api://AzureADTokenExchange',
    keyVaultDomain: 'vault.azure.net',
  },
  china: {
    apiUrl: 'https://partner.partnercenterapi.microsoftonline.cn',
    loginUrl: 'https://login.partner.microsoftonline.cn',
    otherLoginUrls: ['https://login.chinacloudapi.cn'],
    resource: 'https://partner.partnercenterapi.microsoftonline.cn',
    portalUrl: 'https://partner.partnercenter.microsoftonline.cn',
    tokenExchangeAudience: 'api://AzureADTokenExchangeChina',
    keyVaultDomain: 'vault.azure.cn',
  },
  'us-government': {
    apiUrl: 'https://api.partnercenter.microsoft.com',
    loginUrl: 'https://login.microsoftonline.us',
    otherLoginUrls: [],
    resource: 'https://api.partnercenter.microsoft.com',
    portalUrl: 'https://partner.microsoft.com',
    tokenExchangeAudience: 'api://AzureADTokenExchangeUSGov',
    keyVaultDomain: 'vault.usgovcloudapi.net',
  },
};
