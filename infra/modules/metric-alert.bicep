// One alert over the lengths of queues that Service Bus itself measures.
@description('Its name is the heading of the runbook that says what to do.')
param name string
param meaning string
param runbookUrl string
param tags object
param namespaceId string
param actionGroupId string
param metric ('ActiveMessages' | 'DeadletteredMessages')
param queues string[]
param timeAggregation ('Maximum' | 'Minimum')
param window string = 'PT5M'
@description('False where the measure can fall while messages lie there: Azure may report 0 for a queue left alone for two hours.')
param autoMitigate bool

resource rule 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    description: '${meaning} What to do: ${runbookUrl}#${name}'
    severity: 1
    enabled: true
    scopes: [namespaceId]
    evaluationFrequency: 'PT5M'
    windowSize: window
    autoMitigate: autoMitigate
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'messages'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: metric
          dimensions: [{ name: 'EntityName', operator: 'Include', values: queues }]
          timeAggregation: timeAggregation
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [{ actionGroupId: actionGroupId }]
  }
}
