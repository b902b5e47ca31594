// One alert over what was logged. A query that finds no row raises none, unless it counts.
@description('Its name is the heading of the runbook that says what to do.')
param name string
param displayName string
param meaning string
param runbookUrl string
param location string
param tags object
@description('What is asked: Application Insights, or the workspace below it.')
param scopeId string
param actionGroupId string
param query string
param measure string
@description('Columns of which each value is an alert of its own.')
param splitBy array = []
param timeAggregation ('Total' | 'Maximum')
param operator ('GreaterThan' | 'LessThan') = 'GreaterThan'
param threshold int
param severity int
param frequency string = 'PT5M'
param window string = 'PT15M'
@description('In how many evaluations in a row it must hold.')
param evaluations int = 1

resource rule 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: name
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: displayName
    description: '${meaning} What to do: ${runbookUrl}#${name}'
    severity: severity
    enabled: true
    scopes: [scopeId]
    evaluationFrequency: frequency
    windowSize: window
    // A component that has received nothing yet lacks columns that the queries name.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: query
          metricMeasureColumn: measure
          dimensions: splitBy
          timeAggregation: timeAggregation
          operator: operator
          threshold: threshold
          failingPeriods: { numberOfEvaluationPeriods: evaluations, minFailingPeriodsToAlert: evaluations }
        }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: [actionGroupId] }
  }
}
