metadata description = 'What wakes a person. Each alert has its page in docs/operate.md.'

import { tags } from 'types.bicep'

@description('Region.')
param location string

@description('Ends every name, so that it is unique.')
param suffix string

@description('Tags on the alerts.')
param resourceTags tags

@description('Resource id of the workspace that the queries ask.')
param workspaceId string

@description('Resource id of the Service Bus namespace.')
param serviceBusId string

@description('Address that alerts are sent to; empty: they are only shown in the portal.')
param email string

@description('Whether a sweep is to be expected every night.')
param expectsSweep bool

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-teardown-${suffix}'
  location: 'global'
  tags: resourceTags
  properties: {
    groupShortName: 'teardown'
    enabled: true
    emailReceivers: empty(email) ? [] : [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

@description('The queues, by the names that the metrics know.')
var queueNames = map(loadJsonContent('../service-bus.entities.json').queues, each => each.name)

// Both take the least of a while. `parkDeadLetters` brings each dead letter to an outcome every ten minutes, and a message
// that is due is taken within seconds (one scheduled for later is not active): above zero all the time means a standstill.
@description('Alerts that watch metrics of Service Bus, each queue by itself.')
var metricAlerts = [
  {
    name: 'dead-letters'
    description: 'Messages stay in a dead-letter queue. What to do: docs/operate.md, "Dead letters".'
    metric: 'DeadletteredMessages'
    entities: ['*']
    window: 'PT30M'
  }
  {
    name: 'waiting-messages'
    description: 'For an hour there was always a message due that no one had finished. What to do: docs/operate.md, "Oldest message".'
    metric: 'ActiveMessages'
    entities: queueNames
    window: 'PT1H'
  }
]

resource byMetric 'Microsoft.Insights/metricAlerts@2026-01-01' = [
  for each in metricAlerts: {
    name: 'alert-${each.name}-${suffix}'
    location: 'global'
    tags: resourceTags
    properties: {
      description: each.description
      severity: 1
      enabled: true
      autoMitigate: true
      scopes: [serviceBusId]
      evaluationFrequency: 'PT5M'
      windowSize: each.window
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: each.name
            metricNamespace: 'Microsoft.ServiceBus/namespaces'
            metricName: each.metric
            dimensions: [{ name: 'EntityName', operator: 'Include', values: each.entities }]
            timeAggregation: 'Minimum'
            operator: 'GreaterThan'
            threshold: 0
          }
        ]
      }
      actions: [{ actionGroupId: people.id }]
    }
  }
]

@description('What every query stands on: a row for each line of the app.')
var lines = loadTextContent('../queries/teardown-lines.kql')

@description('Alerts that ask the log lines. Each fires when its query gives a row; a failure alone heals, because its message is delivered again, so more than two of one function are asked for. A line may come late, so each looks further back than to the time before. A query is run over `window`, which must cover what it asks about.')
var queryAlerts = [
  {
    name: 'needs-a-person'
    severity: 2
    description: 'Teardowns ended as parked or rejected: each needs a person. What to do: docs/operate.md, "Parked outcomes".'
    query: loadTextContent('../queries/alerts/needs-a-person.kql')
    every: 'PT15M'
    window: 'PT30M'
    enabled: true
    // Each reason by itself: another one is told of though the one before is not settled. Not each teardown: a night of
    // 75 with wrong credentials would use up the 100 mails an hour that one address gets, and hold back the other alerts.
    measure: { dimensions: [{ name: 'Reason', operator: 'Include', values: ['*'] }] }
  }
  {
    name: 'dead-letters-not-handled'
    severity: 1
    description: 'A dead letter could not be brought to an outcome. What to do: docs/operate.md, "Dead letters".'
    query: loadTextContent('../queries/alerts/dead-letters-not-handled.kql')
    every: 'PT15M'
    window: 'PT30M'
    enabled: true
    measure: {}
  }
  {
    name: 'failures'
    severity: 1
    description: 'A function failed more than twice within half an hour. What to do: docs/operate.md, "Failures".'
    query: loadTextContent('../queries/alerts/failures.kql')
    every: 'PT15M'
    window: 'PT30M'
    enabled: true
    measure: {
      metricMeasureColumn: 'Failures'
      timeAggregation: 'Total'
      threshold: 2
      dimensions: [{ name: 'Function', operator: 'Include', values: ['*'] }]
    }
  }
  {
    name: 'not-running'
    severity: 1
    description: 'Not even the timer that runs every ten minutes has run for an hour: the app is stopped, or cannot start. What to do: docs/operate.md, "Not running".'
    query: loadTextContent('../queries/alerts/not-running.kql')
    every: 'PT1H'
    window: 'PT6H'
    enabled: true
    measure: {}
  }
  {
    name: 'stalled-teardowns'
    severity: 1
    description: 'A teardown has neither ended nor been checked for two hours. What to do: docs/operate.md, "Oldest message".'
    query: loadTextContent('../queries/alerts/stalled-teardowns.kql')
    every: 'PT1H'
    window: 'P2D'
    enabled: true
    measure: {}
  }
  {
    name: 'sweep-missed'
    severity: 2
    description: 'No sweep has spoken for 26 hours. What to do: docs/operate.md, "Sweep missed".'
    query: loadTextContent('../queries/alerts/sweep-missed.kql')
    every: 'PT1H'
    window: 'P2D'
    enabled: expectsSweep
    measure: {}
  }
]

resource byQuery 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for each in queryAlerts: {
    name: 'alert-${each.name}-${suffix}'
    location: location
    tags: resourceTags
    kind: 'LogAlert'
    properties: {
      displayName: each.name
      description: each.description
      severity: each.severity
      enabled: each.enabled
      autoMitigate: true
      scopes: [workspaceId]
      evaluationFrequency: each.every
      windowSize: each.window
      // The app may not have written a line yet.
      skipQueryValidation: true
      criteria: {
        allOf: [
          union(
            {
              query: '${lines}\n${each.query}'
              timeAggregation: 'Count'
              operator: 'GreaterThan'
              threshold: 0
              failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
            },
            each.measure
          )
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]
