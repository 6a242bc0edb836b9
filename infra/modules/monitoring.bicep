metadata description = 'Where the log lines go. No one writes here by a key: only identities with a role.'

import { monitoringMetricsPublisher } from 'roles.bicep'
import { tags } from 'types.bicep'

@description('Region.')
param location string

@description('Ends every name, so that it is unique.')
param suffix string

@description('Tags on the resources.')
param resourceTags tags

@description('Name of the app\'s identity. It names the grants, because the object id is not known beforehand.')
param identityName string

@description('Object id of the app\'s identity.')
param principalId string

@description('Gigabytes a day after which no more is taken in: a bound on the bill.')
param dailyQuotaGb int

@description('Memory of an instance, which the queries about compute reckon with.')
param instanceMemoryMB int

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: 'log-teardown-${suffix}'
  location: location
  tags: resourceTags
  properties: {
    sku: { name: 'PerGB2018' }
    // The first 31 days cost nothing. The outcomes themselves are kept by the subscription `audit`.
    retentionInDays: 30
    features: { disableLocalAuth: true }
    workspaceCapping: { dailyQuotaGb: dailyQuotaGb }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-teardown-${suffix}'
  location: location
  tags: resourceTags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

resource appSendsTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, identityName, monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
    description: 'The Functions host and the app write their log lines.'
  }
}

module logQueries 'log-queries.bicep' = {
  params: {
    location: location
    resourceTags: resourceTags
    workspaceName: workspace.name
    instanceMemoryMB: instanceMemoryMB
  }
}

@description('Resource id of the workspace that the queries ask.')
output workspaceId string = workspace.id

@description('Name of the workspace.')
output workspaceName string = workspace.name

@description('Where telemetry is sent. Not a secret: without local authentication it opens nothing.')
output connectionString string = insights.properties.ConnectionString
