metadata name = 'sandbox-teardown'
metadata description = 'Gives Microsoft partners their integration sandbox back every night: keyless, and computing nothing while nothing is due.'

targetScope = 'subscription'

import { cloudName, clouds } from 'modules/clouds.bicep'
import * as types from 'modules/types.bicep'

@description('Name of the azd environment. Every resource carries it as a tag.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Azure region, one that has Flex Consumption.')
@minLength(1)
param location string

@description('Object id of whoever deploys: may send requests, read outcomes, and fill the Key Vault where there is one. Empty: no one.')
param operatorPrincipalId string = ''

@description('What the deployment may do at most. Begin with dry-run.')
param teardownMode types.teardownMode = 'dry-run'

@description('Tenant id of the integration sandbox. With credentials of any other tenant nothing is ever written.')
@minLength(36)
@maxLength(36)
param sandboxTenantId string

@description('Tenant ids that are never touched, such as the production tenant.')
param deniedTenantIds string[] = []

@description('Id of the application registered in the sandbox account.')
@minLength(36)
@maxLength(36)
param partnerCenterClientId string

@description('Which Partner Center.')
param partnerCenterCloud cloudName = 'global'

@description('How the application proves itself. Only federated-identity keeps no secret anywhere.')
param partnerCenterSignIn types.signIn = 'federated-identity'

@description('Customers that are never touched.')
param protectedCustomers types.protection[] = []

@description('Customer ids and domain patterns that the nightly sweep may request; none: there is no sweep.')
param sweepInclude string[] = []

@description('When the sweep checks: NCRONTAB with six fields, UTC.')
@minLength(11)
param sweepSchedule string = '0 0 2 * * *'

@description('With more matches than this, the sweep requests nothing; 0 means none.')
@minValue(0)
@maxValue(75)
param sweepMaxCustomers int = 25

@description('Further settings of the app, by the names of its README.')
param moreSettings types.moreSettings = {}

@description('Instances of each function at most. 40 is the lowest that every region takes; some take fewer. See infra/README.md, "Scale".')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of an instance; 512 is enough.')
@allowed([512, 2048])
param instanceMemoryMB int = 512

@description('Address that alerts are sent to; empty: they are only shown in the portal.')
param alertEmail string = ''

@description('Gigabytes of log lines a day after which no more is taken in: a bound on the bill. A night of 75 customers is far below.')
@minValue(1)
@maxValue(100)
param logQuotaGb int = 1

@description('Makes every name unique, and the same at every deployment.')
var suffix = toLower(uniqueString(subscription().id, environmentName, location))

@description('Name of the app\'s one identity.')
var identityName = 'id-teardown-${suffix}'

@description('Tags on everything; azd finds its resources by azd-env-name.')
var resourceTags = { 'azd-env-name': environmentName, application: 'sandbox-teardown' }

@description('Whether the way to sign in has something to keep.')
var hasVault = partnerCenterSignIn != 'federated-identity'

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: resourceTags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    location: location
    name: identityName
    resourceTags: resourceTags
    tokenExchangeAudience: clouds[partnerCenterCloud].tokenExchangeAudience
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    location: location
    suffix: suffix
    resourceTags: resourceTags
    identityName: identityName
    principalId: identity.outputs.principalId
  }
}

module serviceBus 'modules/service-bus.bicep' = {
  scope: group
  params: {
    location: location
    suffix: suffix
    resourceTags: resourceTags
    identityName: identityName
    principalId: identity.outputs.principalId
    operatorPrincipalId: operatorPrincipalId
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    location: location
    suffix: suffix
    resourceTags: resourceTags
    identityName: identityName
    principalId: identity.outputs.principalId
    dailyQuotaGb: logQuotaGb
    instanceMemoryMB: instanceMemoryMB
  }
}

module vault 'modules/key-vault.bicep' = if (hasVault) {
  scope: group
  params: {
    location: location
    suffix: suffix
    resourceTags: resourceTags
    identityName: identityName
    principalId: identity.outputs.principalId
    operatorPrincipalId: operatorPrincipalId
    partnerCenterSignIn: partnerCenterSignIn
  }
}

module app 'modules/function-app.bicep' = {
  scope: group
  params: {
    location: location
    suffix: suffix
    resourceTags: resourceTags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    blobsUrl: storage.outputs.blobsUrl
    blobsAccountName: clouds[partnerCenterCloud].findsBlobsByName ? storage.outputs.name : ''
    packagesUrl: storage.outputs.packagesUrl
    insightsConnectionString: monitoring.outputs.connectionString
    serviceBusHostName: serviceBus.outputs.hostName
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    settings: union(
      moreSettings,
      {
        TEARDOWN_MODE: teardownMode
        SANDBOX_TENANT_ID: sandboxTenantId
        DENIED_TENANT_IDS: join(deniedTenantIds, ',')
        PROTECTED_CUSTOMERS: string(protectedCustomers)
        PARTNER_CENTER_CLOUD: partnerCenterCloud
        PARTNER_CENTER_CLIENT_ID: partnerCenterClientId
        PARTNER_CENTER_SIGN_IN: partnerCenterSignIn
        PARTNER_CENTER_IDENTITY_CLIENT_ID: identity.outputs.clientId
        SWEEP_INCLUDE: join(sweepInclude, ',')
        SWEEP_SCHEDULE: sweepSchedule
        SWEEP_MAX_CUSTOMERS: string(sweepMaxCustomers)
      },
      partnerCenterSignIn == 'client-certificate'
        ? { PARTNER_CENTER_CERTIFICATE_SECRET: '${vault!.outputs.url}secrets/partner-center-certificate' }
        : {},
      partnerCenterSignIn == 'app-and-user'
        ? { PARTNER_CENTER_REFRESH_TOKEN_SECRET: '${vault!.outputs.url}secrets/partner-center-refresh-token' }
        : {}
    )
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    suffix: suffix
    resourceTags: resourceTags
    workspaceId: monitoring.outputs.workspaceId
    serviceBusId: serviceBus.outputs.id
    email: alertEmail
    expectsSweep: !empty(sweepInclude) && endsWith(sweepSchedule, ' * * *')
  }
}

@description('Resource group of everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the Functions app.')
output FUNCTION_APP_NAME string = app.outputs.name

@description('Host name of the Service Bus namespace, to send requests to.')
output SERVICE_BUS_HOST_NAME string = serviceBus.outputs.hostName

@description('Address of the Key Vault; empty where nothing has to be kept.')
output KEY_VAULT_URL string = hasVault ? vault!.outputs.url : ''

@description('Workspace that the log queries ask.')
output LOG_WORKSPACE_NAME string = monitoring.outputs.workspaceName

@description('What the application registered for Partner Center has to trust: pass it to `az ad app federated-credential create`.')
output FEDERATED_CREDENTIAL types.federatedCredential = identity.outputs.federatedCredential
