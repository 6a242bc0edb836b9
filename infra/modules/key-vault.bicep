metadata description = 'Keeps the certificate or the refresh token, for the ways to sign in that have one. Made only for them.'

import { keyVaultSecretsOfficer, keyVaultSecretsUser } from 'roles.bicep'
import { signIn, tags } from 'types.bicep'

@description('Region.')
param location string

@description('Ends every name, so that it is unique.')
param suffix string

@description('Tags on the vault.')
param resourceTags tags

@description('Name of the app\'s identity. It names the grants, because the object id is not known beforehand.')
param identityName string

@description('Object id of the app\'s identity.')
param principalId string

@description('Object id of whoever gives the consent or brings the certificate; empty for no one.')
param operatorPrincipalId string

@description('How the application proves itself.')
param partnerCenterSignIn signIn

@description('A refresh token is renewed and written back at every use; a certificate is only read.')
var appRole = partnerCenterSignIn == 'app-and-user' ? keyVaultSecretsOfficer : keyVaultSecretsUser

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
  name: 'kv${suffix}'
  location: location
  tags: resourceTags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    // No protection against purging: what it keeps can be made again, and `azd down --purge` has to work.
    softDeleteRetentionInDays: 7
    publicNetworkAccess: 'Enabled'
    networkAcls: { defaultAction: 'Allow', bypass: 'None' }
  }
}

// On the vault and not on the secret, because the secret comes later, by `sandbox-teardown consent` or by hand. The
// vault holds nothing else.
resource appUsesIt 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identityName, appRole)
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', appRole)
    description: 'The app reads its certificate, or reads and renews its refresh token.'
  }
}

resource operatorFillsIt 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  name: guid(vault.id, operatorPrincipalId, keyVaultSecretsOfficer)
  scope: vault
  properties: {
    principalId: operatorPrincipalId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsOfficer)
    description: 'The operator brings the certificate or the first refresh token.'
  }
}

@description('Address of the vault, with a slash at its end.')
output url string = vault.properties.vaultUri
