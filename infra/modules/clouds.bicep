metadata description = 'Everything that differs between the clouds, in one table. The app has its own: src/partner-center/clouds.ts.'

@export()
@description('Which Partner Center: the global one, the one that 21Vianet operates, or the one for the US Government.')
type cloudName = 'global' | 'china' | 'us-government'

@description('What differs between the clouds.')
type cloud = {
  @description('Audience of the tokens by which an identity stands for an application. Source: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity')
  tokenExchangeAudience: string

  @description('Whether the Functions host finds blobs by the name of their account: it adds the suffix of the global cloud, always. Source: StorageServiceUriOptions.cs, Azure/azure-functions-host.')
  findsBlobsByName: bool
}

@export()
@description('The clouds by their names.')
var clouds {
  global: cloud
  china: cloud
  'us-government': cloud
} = {
  global: {
    tokenExchangeAudience: 'api://AzureADTokenExchange'
    findsBlobsByName: true
  }
  china: {
    tokenExchangeAudience: 'api://AzureADTokenExchangeChina'
    findsBlobsByName: false
  }
  'us-government': {
    tokenExchangeAudience: 'api://AzureADTokenExchangeUSGov'
    findsBlobsByName: false
  }
}

@export()
@description('Azure China signs in at the first address, and names the second in its tokens.')
var chinaLogin = {
  endpoint: 'login.chinacloudapi.cn'
  issuer: 'login.partner.microsoftonline.cn'
}
