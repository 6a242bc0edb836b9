metadata description = 'The Functions app on Flex Consumption: it costs nothing while no message is due.'

import { appSettings, tags } from 'types.bicep'

@description('Region.')
param location string

@description('Ends every name, so that it is unique.')
param suffix string

@description('Tags on the resources.')
param resourceTags tags

@description('Resource id of the app\'s identity.')
param identityId string

@description('Client id of the app\'s identity.')
param identityClientId string

@description('Address of the blobs of the storage account that the host keeps its own in.')
param blobsUrl string

@description('Name of that account, where the host may be told it; empty where not.')
param blobsAccountName string

@description('Address of the container that the package is deployed to.')
param packagesUrl string

@description('Where telemetry is sent.')
param insightsConnectionString string

@description('Host name of the Service Bus namespace.')
param serviceBusHostName string

@description('Instances of each function at most. See infra/README.md, "Scale".')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('Memory of an instance.')
@allowed([512, 2048])
param instanceMemoryMB int

@description('The app\'s own settings by name.')
param settings appSettings

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-teardown-${suffix}'
  location: location
  tags: resourceTags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: 'func-teardown-${suffix}'
  location: location
  // azd finds the app to deploy to by this tag; its value is the service's name in azure.yaml.
  tags: union(resourceTags, { 'azd-service-name': 'teardown' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    keyVaultReferenceIdentity: identityId
    // Nothing more: Flex Consumption refuses what it does not know (ftpsState, 51021). It has no FTP.
    siteConfig: { minTlsVersion: '1.2', scmMinTlsVersion: '1.2' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packagesUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: { name: 'node', version: '24' }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
      }
    }
  }

  resource configuration 'config' = {
    name: 'appsettings'
    properties: union(
      settings,
      {
        // The address, which counts where the name is known too (StorageServiceUriOptions.cs of the host).
        AzureWebJobsStorage__blobServiceUri: blobsUrl
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identityClientId
        ServiceBusConnection__fullyQualifiedNamespace: serviceBusHostName
        ServiceBusConnection__credential: 'managedidentity'
        ServiceBusConnection__clientId: identityClientId
        APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      },
      // The name besides: with the address alone the host can fail early at its start, before it has read its own
      // configuration ("Could not create BlobServiceClient", Azure/azure-functions-host#11787).
      empty(blobsAccountName) ? {} : { AzureWebJobsStorage__accountName: blobsAccountName }
    )
  }

  // Deployment goes by a person's or a pipeline's identity, never by a publishing password.
  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noDeploymentPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

@description('Name of the app.')
output name string = app.name

@description('Resource id of the app.')
output id string = app.id
