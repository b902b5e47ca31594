// What wakes somebody. docs/operations.md says for each what to do. The queries read what the app logs: change both together.
param namePrefix string
param actionGroupName string
param location string
param tags object
param email string
param serviceBusName string
param conferenceQueue string
param poisonQueue string
param insightsId string
param noNotificationHours int

var oldestMessageMinutes = 15
var endToEndP95Minutes = 360

resource namespace 'Microsoft.ServiceBus/namespaces@2026-01-01' existing = { name: serviceBusName }

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'meetingrec'
    emailReceivers: empty(email) ? [] : [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource poisoned 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: '${namePrefix}poison-queue'
  location: 'global'
  tags: tags
  properties: {
    description: 'Conferences were given up because DingTalk kept failing. When it has recovered, replay them.'
    severity: 1
    enabled: true
    scopes: [namespace.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'poisoned'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'ActiveMessages'
          dimensions: [{ name: 'EntityName', operator: 'Include', values: [poisonQueue] }]
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [{ actionGroupId: actionGroup.id }]
  }
}

resource deadLettered 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: '${namePrefix}dead-letters'
  location: 'global'
  tags: tags
  properties: {
    description: 'Conferences that will not work until something is fixed. The dead-letter reason says what.'
    severity: 1
    enabled: true
    scopes: [namespace.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'dead-lettered'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          dimensions: [{ name: 'EntityName', operator: 'Include', values: [conferenceQueue, poisonQueue] }]
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [{ actionGroupId: actionGroup.id }]
  }
}

// Messages wait and none is taken: the age of what is processed, below, cannot show that.
resource stalled 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: '${namePrefix}queue-stalled'
  location: 'global'
  tags: tags
  properties: {
    description: 'Conferences wait and none is processed: the app does not run, or cannot reach its queue.'
    severity: 1
    enabled: true
    scopes: [namespace.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'waiting'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'ActiveMessages'
          dimensions: [{ name: 'EntityName', operator: 'Include', values: [conferenceQueue] }]
          timeAggregation: 'Minimum'
          operator: 'GreaterThan'
          threshold: 0
        }
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'not-processed'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'CompleteMessage'
          dimensions: [{ name: 'EntityName', operator: 'Include', values: [conferenceQueue] }]
          timeAggregation: 'Total'
          operator: 'LessThan'
          threshold: 1
        }
      ]
    }
    actions: [{ actionGroupId: actionGroup.id }]
  }
}

resource oldestMessage 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = {
  name: '${namePrefix}oldest-message'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Oldest message'
    description: 'Conferences wait longer in the queue than DingTalk\'s rate explains.'
    severity: 2
    enabled: true
    scopes: [insightsId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          // The host writes this line before it calls the function.
          query: '''
            traces
            | where operation_Name == "FetchRecordings" and message startswith "Trigger Details:"
            | extend enqueued = todatetime(extract("EnqueuedTimeUtc: ([^,]+)", 1, message))
            | where isnotnull(enqueued)
            | summarize ageMinutes = max((timestamp - enqueued) / 1m)
          '''
          metricMeasureColumn: 'ageMinutes'
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: oldestMessageMinutes
          failingPeriods: { numberOfEvaluationPeriods: 2, minFailingPeriodsToAlert: 2 }
        }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: [actionGroup.id] }
  }
}

resource rejected 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = {
  name: '${namePrefix}dingtalk-rejects'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'DingTalk rejects the app'
    description: 'DingTalk refuses calls for a reason that lasts: credentials, a permission, an address, the monthly quota.'
    severity: 1
    enabled: true
    scopes: [insightsId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          query: '''
            traces
            | extend code = coalesce(
                extract(@"^Conference \S+ is dead-lettered: (\S+)", 1, message),
                extract(@"^Conference \S+ is poisoned: (quotaExhausted)", 1, message))
            | where isnotempty(code)
            | summarize conferences = count() by code
          '''
          metricMeasureColumn: 'conferences'
          dimensions: [{ name: 'code', operator: 'Include', values: ['*'] }]
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: [actionGroup.id] }
  }
}

resource slow 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = {
  name: '${namePrefix}end-to-end'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Manifests come late'
    description: 'One meeting in twenty waits longer for its manifest than DingTalk usually needs to prepare a recording.'
    severity: 2
    enabled: true
    scopes: [insightsId]
    evaluationFrequency: 'PT1H'
    windowSize: 'P1D'
    criteria: {
      allOf: [
        {
          query: '''
            let accepted = traces
              | extend conference = extract(@"^Conference (\S+) is enqueued", 1, message)
              | where isnotempty(conference)
              | summarize accepted = min(timestamp) by conference;
            let written = traces
              | extend conference = extract(@"^Conference (\S+)(: Recorded;| is recorded;)", 1, message)
              | where isnotempty(conference)
              | summarize written = min(timestamp) by conference;
            accepted
            | join kind=inner written on conference
            | summarize p95Minutes = percentile((written - accepted) / 1m, 95)
          '''
          metricMeasureColumn: 'p95Minutes'
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: endToEndP95Minutes
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: [actionGroup.id] }
  }
}

resource silence 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = if (noNotificationHours > 0) {
  name: '${namePrefix}no-notification'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'No notification'
    description: 'No meeting\'s end was reported: the subscription may be off, or DingTalk\'s monthly quota of events spent.'
    severity: 2
    enabled: true
    scopes: [insightsId]
    evaluationFrequency: 'PT1H'
    windowSize: noNotificationHours < 24 ? 'PT${noNotificationHours}H' : 'P${noNotificationHours / 24}D'
    criteria: {
      allOf: [
        {
          query: '''
            traces
            | where message matches regex @"^Conference \S+ is enqueued"
            | summarize notifications = count()
          '''
          metricMeasureColumn: 'notifications'
          timeAggregation: 'Total'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: [actionGroup.id] }
  }
}
