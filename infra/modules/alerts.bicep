metadata description = 'What wakes a person. Each alert has its page in docs/operate.md.'

import { tags } from 'types.bicep'

@description('Ends every name, so that it is unique.')
param suffix string

@description('Tags on the alerts.')
param resourceTags tags

@description('Resource id of the Service Bus namespace.')
param serviceBusId string

@description('Address that alerts are sent to; empty: they are only shown in the portal.')
param email string

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

// A dead letter that stays: `parkDeadLetters` brings each to an outcome every ten minutes, so the least of half an hour
// is above zero only when it does not.
resource deadLetters 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: 'alert-dead-letters-${suffix}'
  location: 'global'
  tags: resourceTags
  properties: {
    description: 'Messages stay in a dead-letter queue. What to do: docs/operate.md, "Dead letters".'
    severity: 1
    enabled: true
    autoMitigate: true
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT30M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'dead letters'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          dimensions: [{ name: 'EntityName', operator: 'Include', values: ['*'] }]
          timeAggregation: 'Minimum'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}
