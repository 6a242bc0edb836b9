metadata description = 'What the Functions host keeps for itself: the deployed package, and the leases and schedule of its timers.'

import { storageBlobDataOwner } from 'roles.bicep'
import { tags } from 'types.bicep'

@description('Region.')
param location string

@description('Ends every name, so that it is unique.')
param suffix string

@description('Tags on the account.')
param resourceTags tags

@description('Name of the app\'s identity. It names the grants, because the object id is not known beforehand.')
param identityName string

@description('Object id of the app\'s identity.')
param principalId string

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: 'stteardown${suffix}'
  location: location
  tags: resourceTags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // The app has no network of its own; who may come in is decided by the roles.
    publicNetworkAccess: 'Enabled'
    networkAcls: { defaultAction: 'Allow', bypass: 'None' }
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource packages 'containers' = {
      name: 'packages'
      properties: { publicAccess: 'None' }
    }
  }
}

// On the account and not on one container, because the host makes containers of its own. The account holds nothing
// else. Queues and tables of the host are for triggers that this app does not have.
// Source: "Connecting to host storage with an identity".
resource hostMayKeepItsBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, identityName, storageBlobDataOwner)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataOwner)
    description: 'The Functions host keeps its package, timer leases and schedules here.'
  }
}

@description('Name of the account.')
output name string = account.name

@description('Address of its blobs.')
output blobsUrl string = account.properties.primaryEndpoints.blob

@description('Address of the container that the package is deployed to.')
output packagesUrl string = '${account.properties.primaryEndpoints.blob}${account::blobs::packages.name}'
