metadata description = 'The app\'s one identity. It owns no secret: Azure vouches for it.'

import { chinaLogin } from 'clouds.bicep'
import { federatedCredential, tags } from 'types.bicep'

@description('Region.')
param location string

@description('Name of the identity.')
param name string

@description('Tags on the identity.')
param resourceTags tags

@description('Audience of the tokens by which the identity stands for the application registered in Partner Center.')
param tokenExchangeAudience string

@description('Who issues the tokens of this Azure.')
var issuer = replace(environment().authentication.loginEndpoint, chinaLogin.endpoint, chinaLogin.issuer)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: resourceTags
}

@description('Resource id of the identity.')
output id string = identity.id

@description('Client id of the identity, by which the app asks for its tokens.')
output clientId string = identity.properties.clientId

@description('Object id of the identity, to which roles are granted.')
output principalId string = identity.properties.principalId

@description('What the application registered for Partner Center has to trust, as `az ad app federated-credential create` takes it. Source: "Configure an application to trust a managed identity".')
output federatedCredential federatedCredential = {
  name: name
  issuer: uri(issuer, '${identity.properties.tenantId}/v2.0')
  subject: identity.properties.principalId
  audiences: [tokenExchangeAudience]
}
