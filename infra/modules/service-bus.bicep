metadata description = 'The namespace, and every entity of service-bus.entities.json. Standard, because topics and duplicate detection need it.'

import { tags } from 'types.bicep'

@description('Region.')
param location string

@description('Ends every name, so that it is unique.')
param suffix string

@description('Tags on the namespace.')
param resourceTags tags

@description('Name of the app\'s identity. It names the grants, because the object id is not known beforehand.')
param identityName string

@description('Object id of the app\'s identity.')
param principalId string

@description('Object id of whoever may send requests and read outcomes by hand; empty for no one.')
param operatorPrincipalId string

@description('The entities, as the local broker and the emulator have them too.')
var entities = loadJsonContent('../service-bus.entities.json')

@description('Every subscription, with the place of its topic.')
var allSubscriptions = flatten(map(
  entities.topics,
  (topic, place) => map(topic.subscriptions, each => { topic: place, name: each.name, properties: each.properties })
))

@description('Every rule, with the place of its subscription. A new subscription gets a rule `$Default` that lets everything through; a rule of that name takes its place.')
var allRules = flatten(map(
  flatten(map(entities.topics, topic => topic.subscriptions)),
  (each, place) => map(each.rules, rule => { subscription: place, name: rule.name, properties: rule.properties })
))

resource namespace 'Microsoft.ServiceBus/namespaces@2026-01-01' = {
  name: 'sb-teardown-${suffix}'
  location: location
  tags: resourceTags
  sku: { name: 'Standard', tier: 'Standard' }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    // Private endpoints need Premium; who may come in is decided by the roles.
    publicNetworkAccess: 'Enabled'
  }
}

resource queues 'Microsoft.ServiceBus/namespaces/queues@2026-01-01' = [
  for queue in entities.queues: {
    parent: namespace
    name: queue.name
    properties: queue.properties
  }
]

resource topics 'Microsoft.ServiceBus/namespaces/topics@2026-01-01' = [
  for topic in entities.topics: {
    parent: namespace
    name: topic.name
    properties: topic.properties
  }
]

// One after the other, and the rules only after all of them: what is made side by side below one topic is refused with
// 409, "Resource Conflict Occurred", and the deployment fails (Azure/azure-sdk-for-js#6276). Queues are not affected.
@batchSize(1)
resource subscriptions 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2026-01-01' = [
  for each in allSubscriptions: {
    parent: topics[each.topic]
    name: each.name
    properties: each.properties
  }
]

@batchSize(1)
resource rules 'Microsoft.ServiceBus/namespaces/topics/subscriptions/rules@2026-01-01' = [
  for rule in allRules: {
    parent: subscriptions[rule.subscription]
    name: rule.name
    properties: rule.properties
    dependsOn: [subscriptions]
  }
]

module roles 'service-bus-roles.bicep' = {
  params: {
    namespaceName: namespace.name
    queueNames: [for (queue, place) in entities.queues: queues[place].name]
    topicNames: [for (topic, place) in entities.topics: topics[place].name]
    subscriptions: [
      for (each, place) in allSubscriptions: { topic: topics[each.topic].name, name: subscriptions[place].name }
    ]
    identityName: identityName
    principalId: principalId
    operatorPrincipalId: operatorPrincipalId
  }
}

@description('Name of the namespace.')
output name string = namespace.name

@description('Resource id of the namespace.')
output id string = namespace.id

@description('Host name of the namespace.')
output hostName string = parseUri(namespace.properties.serviceBusEndpoint).host
