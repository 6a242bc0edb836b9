metadata description = 'What differs between the clouds.'

@export()
@description('Audience of the tokens by which an identity stands for an application. Source: "Configure an application to trust a managed identity".')
var tokenExchangeAudiences = {
  global: 'api://AzureADTokenExchange'
  china: 'api://AzureADTokenExchangeChina'
  'us-government': 'api://AzureADTokenExchangeUSGov'
}

@export()
@description('Whether the Functions host finds blobs by the name of their account: it adds the suffix of the global cloud, always. Source: StorageServiceUriOptions.cs, Azure/azure-functions-host.')
var findsBlobsByName = {
  global: true
  china: false
  'us-government': false
}
