metadata description = 'The saved queries and the workbook: what an operator asks, ready to be asked.'

import { tags } from 'types.bicep'

@description('Region.')
param location string

@description('Tags on the workbook.')
param resourceTags tags

@description('Name of the workspace that is asked.')
param workspaceName string

@description('Memory of an instance, which the queries about compute reckon with.')
param instanceMemoryMB int

@description('What every query stands on: a row for each line of the app.')
var lines = loadTextContent('../queries/teardown-lines.kql')

@description('Every saved query; its first comment says what it answers.')
var queries = [
  { name: 'busiest-minutes', text: loadTextContent('../queries/busiest-minutes.kql') }
  { name: 'compute-per-day', text: loadTextContent('../queries/compute-per-day.kql') }
  { name: 'compute-per-teardown', text: loadTextContent('../queries/compute-per-teardown.kql') }
  { name: 'cost-per-day', text: loadTextContent('../queries/cost-per-day.kql') }
  { name: 'customers-now', text: loadTextContent('../queries/customers-now.kql') }
  { name: 'customers-over-time', text: loadTextContent('../queries/customers-over-time.kql') }
  { name: 'dead-letters', text: loadTextContent('../queries/dead-letters.kql') }
  { name: 'failures', text: loadTextContent('../queries/failures.kql') }
  { name: 'checks-per-teardown', text: loadTextContent('../queries/checks-per-teardown.kql') }
  { name: 'needs-a-person', text: loadTextContent('../queries/needs-a-person.kql') }
  { name: 'open-teardowns', text: loadTextContent('../queries/open-teardowns.kql') }
  { name: 'outcomes-by-day', text: loadTextContent('../queries/outcomes-by-day.kql') }
  { name: 'rejections', text: loadTextContent('../queries/rejections.kql') }
  { name: 'story-of-a-teardown', text: loadTextContent('../queries/story-of-a-teardown.kql') }
  { name: 'sweeps', text: loadTextContent('../queries/sweeps.kql') }
  { name: 'teardowns-by-state', text: loadTextContent('../queries/teardowns-by-state.kql') }
  { name: 'throttling', text: loadTextContent('../queries/throttling.kql') }
  { name: 'writes', text: loadTextContent('../queries/writes.kql') }
]

@description('The line of the queries that says how much memory an instance has, and what it says here.')
var memory = { written: 'let memoryMB = 512;', here: 'let memoryMB = ${instanceMemoryMB};' }

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: workspaceName
}

resource saved 'Microsoft.OperationalInsights/workspaces/savedSearches@2026-03-01' = [
  for each in queries: {
    parent: workspace
    name: each.name
    properties: {
      category: 'Sandbox teardown'
      displayName: replace(each.name, '-', ' ')
      query: '${lines}\n${replace(each.text, memory.written, memory.here)}'
      version: 2
    }
  }
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(workspace.id, 'sandbox-teardown')
  location: location
  tags: resourceTags
  kind: 'shared'
  properties: {
    displayName: 'Sandbox teardown'
    category: 'workbook'
    sourceId: workspace.id
    serializedData: replace(
      replace(loadTextContent('../workbook.json'), '{{workspaceId}}', workspace.id),
      memory.written,
      memory.here
    )
    version: '1.0'
  }
}
