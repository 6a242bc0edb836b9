metadata description = 'Who may take and put what. Every grant is on one queue, topic or subscription; none is on the namespace.'

import { serviceBusDataReceiver, serviceBusDataSender } from 'roles.bicep'
import { topicSubscription } from 'types.bicep'

@description('Name of the namespace.')
param namespaceName string

@description('Names of its queues: the app takes from them and puts on them.')
param queueNames string[]

@description('Names of its topics: the app puts outcomes on them.')
param topicNames string[]

@description('Subscriptions of these topics: an operator reads them.')
param subscriptions topicSubscription[]

@description('Name of the app\'s identity. It names the grants, because the object id is not known beforehand.')
param identityName string

@description('Object id of the app\'s identity.')
param principalId string

@description('Object id of whoever may send requests and read outcomes by hand; empty for no one.')
param operatorPrincipalId string

@description('The queue that other systems, and the operator, ask on.')
var requestQueue = 'teardown-requests'

resource namespace 'Microsoft.ServiceBus/namespaces@2026-01-01' existing = {
  name: namespaceName

  resource queues 'queues' existing = [for name in queueNames: { name: name }]

  resource topics 'topics' existing = [for name in topicNames: { name: name }]
}

resource requests 'Microsoft.ServiceBus/namespaces/queues@2026-01-01' existing = {
  parent: namespace
  name: requestQueue
}

resource read 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2026-01-01' existing = [
  for each in subscriptions: { name: '${namespaceName}/${each.topic}/${each.name}' }
]

// Scaling needs nothing more. With Azure Service Bus Data Owner the platform would read exact message counts and compute
// the instances from them; without it, it peeks as the trigger's own role allows and goes up one by one, to the same
// maximum. Owner may also delete entities, so it is not granted.
// Source: "Target-based scaling", and ServiceBusScalerProvider in azure-sdk-for-net (UnauthorizedAccess: not supported).
resource appTakes 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, place) in queueNames: {
    name: guid(namespace::queues[place].id, identityName, serviceBusDataReceiver)
    scope: namespace::queues[place]
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataReceiver)
      description: 'The app works on these messages, and brings their dead letters to an outcome.'
    }
  }
]

resource appPuts 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, place) in queueNames: {
    name: guid(namespace::queues[place].id, identityName, serviceBusDataSender)
    scope: namespace::queues[place]
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataSender)
      description: 'The sweep requests teardowns; each check schedules the next check.'
    }
  }
]

resource appTells 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, place) in topicNames: {
    name: guid(namespace::topics[place].id, identityName, serviceBusDataSender)
    scope: namespace::topics[place]
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataSender)
      description: 'Every teardown ends in one outcome event.'
    }
  }
]

resource operatorAsks 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  name: guid(requests.id, operatorPrincipalId, serviceBusDataSender)
  scope: requests
  properties: {
    // No principalType: it may be a person, a group or a pipeline.
    principalId: operatorPrincipalId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataSender)
    description: 'The operator requests teardowns by hand.'
  }
}

resource operatorReads 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (each, place) in subscriptions: if (!empty(operatorPrincipalId)) {
    name: guid(read[place].id, operatorPrincipalId, serviceBusDataReceiver)
    scope: read[place]
    properties: {
      principalId: operatorPrincipalId
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataReceiver)
      description: 'The operator reads outcomes, and takes those that need a person off the list.'
    }
  }
]
