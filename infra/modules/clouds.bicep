metadata description = 'What differs between the clouds.'

@export()
@description('Audience of the tokens by which an identity stands for an application. Source: "Configure an application to trust a managed identity".')
var tokenExchangeAudiences = {
  global: 'api://AzureADTokenExchange'
  china: 'api://AzureADTokenExchangeChina'
  'us-government': 'api://AzureADTokenExchangeUSGov'
}
