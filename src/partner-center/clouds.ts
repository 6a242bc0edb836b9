export type CloudName = keyof typeof CLOUDS;

export interface Cloud {
  /** Base address of the API, without `/v1`. */
  readonly apiUrl: string;
  /** Base address of the login endpoint. */
  readonly loginUrl: string;
  /** Older addresses of the same login endpoint. */
  readonly otherLoginUrls: readonly string[];
  /** The audience of a token; its scope is this with `/.default`. */
  readonly resource: string;
  /** The portal for people. */
  readonly portalUrl: string;
  /** The audience of a managed identity's token that stands for the application. */
  readonly tokenExchangeAudience: string;
  /** The domain of Key Vaults. */
  readonly keyVaultDomain: string;
  /** The domain of Service Bus namespaces. */
  readonly serviceBusDomain: string;
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
 * - namespaces: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
const CLOUDS = {
  global: {
    apiUrl: 'https://api.partnercenter.microsoft.com',
    loginUrl: 'https://login.microsoftonline.com',
    otherLoginUrls: [],
    resource: 'https://api.partnercenter.microsoft.com',
    portalUrl: 'https://partner.microsoft.com',
    tokenExchangeAudience: 'api://AzureADTokenExchange',
    keyVaultDomain: 'vault.azure.net',
    serviceBusDomain: 'servicebus.windows.net',
  },
  china: {
    apiUrl: 'https://partner.partnercenterapi.microsoftonline.cn',
    loginUrl: 'https://login.partner.microsoftonline.cn',
    otherLoginUrls: ['https://login.chinacloudapi.cn'],
    resource: 'https://partner.partnercenterapi.microsoftonline.cn',
    portalUrl: 'https://partner.partnercenter.microsoftonline.cn',
    tokenExchangeAudience: 'api://AzureADTokenExchangeChina',
    keyVaultDomain: 'vault.azure.cn',
    serviceBusDomain: 'servicebus.chinacloudapi.cn',
  },
  'us-government': {
    apiUrl: 'https://api.partnercenter.microsoft.com',
    loginUrl: 'https://login.microsoftonline.us',
    otherLoginUrls: [],
    resource: 'https://api.partnercenter.microsoft.com',
    portalUrl: 'https://partner.microsoft.com',
    tokenExchangeAudience: 'api://AzureADTokenExchangeUSGov',
    keyVaultDomain: 'vault.usgovcloudapi.net',
    serviceBusDomain: 'servicebus.usgovcloudapi.net',
  },
} as const satisfies Readonly<Record<string, Cloud>>;

export const clouds: Readonly<Record<CloudName, Cloud>> = CLOUDS;

export const cloudNames = Object.keys(CLOUDS) as readonly CloudName[];
