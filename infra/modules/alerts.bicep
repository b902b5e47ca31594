// What wakes somebody. docs/operations.md says for each what to do. The queries read what the app logs and measures: change both
// together.
param namePrefix string
param actionGroupName string
param location string
param tags object
param email string
@secure()
param webhook string
param runbookUrl string
param serviceBusName string
param conferenceQueue string
param poisonQueue string
param recordingQueue string
@description('Whether files or transcripts are archived.')
param archives bool
param insightsId string
param workspaceId string
param noNotificationHours int
param sweepEnabled bool
@description('What the availability test asks. Empty: there is none.')
param healthUrl string

var oldestMessageMinutes = 15
var endToEndP95Minutes = 360
var archiveStalledHours = 6
// DingTalk pushes an event three times before it gives it up; single refusals are strangers who try the door.
var refusedPushes = 2

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = { name: serviceBusName }

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'meetingrec'
    emailReceivers: empty(email) ? [] : [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
    webhookReceivers: empty(webhook) ? [] : [{ name: 'operators', serviceUri: webhook, useCommonAlertSchema: true }]
  }
}

module poisoned 'metric-alert.bicep' = {
  params: {
    name: '${namePrefix}poison-queue'
    meaning: 'Conferences were given up because DingTalk kept failing. When it has recovered, replay them.'
    runbookUrl: runbookUrl
    tags: tags
    namespaceId: namespace.id
    actionGroupId: actionGroup.id
    metric: 'ActiveMessages'
    queues: [poisonQueue]
    timeAggregation: 'Maximum'
    autoMitigate: false
  }
}

module deadLettered 'metric-alert.bicep' = {
  params: {
    name: '${namePrefix}dead-letters'
    meaning: 'Conferences that will not work until something is fixed. The dead-letter reason says what.'
    runbookUrl: runbookUrl
    tags: tags
    namespaceId: namespace.id
    actionGroupId: actionGroup.id
    metric: 'DeadletteredMessages'
    queues: [conferenceQueue, poisonQueue]
    timeAggregation: 'Maximum'
    autoMitigate: false
  }
}

// Of completed messages there is no measure at all where none is completed, so their lack cannot be asked for beside this.
module stalled 'metric-alert.bicep' = {
  params: {
    name: '${namePrefix}queue-stalled'
    meaning: 'For half an hour conferences waited: the app does not run, cannot reach its queue, or has a backlog.'
    runbookUrl: runbookUrl
    tags: tags
    namespaceId: namespace.id
    actionGroupId: actionGroup.id
    metric: 'ActiveMessages'
    queues: [conferenceQueue]
    timeAggregation: 'Minimum'
    window: 'PT30M'
    autoMitigate: true
  }
}

// What the app counts itself with a peek: exact where Service Bus reports 0 for a queue that nobody touches.
module stuck 'log-alert.bicep' = {
  params: {
    name: '${namePrefix}stuck-messages'
    displayName: 'Messages still lie there'
    meaning: 'Messages that somebody must look at are still in the poison queue or among the dead letters.'
    runbookUrl: runbookUrl
    location: location
    tags: tags
    scopeId: insightsId
    actionGroupId: actionGroup.id
    query: replace(
      '''
        customMetrics
        | where name == "meeting_recordings.queue.messages"
        | extend queue = tostring(customDimensions.queue), state = tostring(customDimensions.state)
        | where state == "dead-lettered" or (state == "active" and queue == "__POISON__")
        | summarize messages = max(value) by queue, state
      ''',
      '__POISON__',
      poisonQueue
    )
    measure: 'messages'
    splitBy: [
      { name: 'queue', operator: 'Include', values: ['*'] }
      { name: 'state', operator: 'Include', values: ['*'] }
    ]
    timeAggregation: 'Maximum'
    threshold: 0
    severity: 2
    frequency: 'PT1H'
    window: 'PT1H'
  }
}

module oldestMessage 'log-alert.bicep' = {
  params: {
    name: '${namePrefix}oldest-message'
    displayName: 'Oldest message'
    meaning: 'Conferences wait longer in the queue than DingTalk\'s rate explains.'
    runbookUrl: runbookUrl
    location: location
    tags: tags
    scopeId: insightsId
    actionGroupId: actionGroup.id
    // What waits, as the app peeks it, and what is taken, as the host writes before it calls the function.
    query: replace(
      '''
        let waiting = customMetrics
          | where name == "meeting_recordings.queue.oldest" and tostring(customDimensions.queue) == "__QUEUE__"
          | project ageMinutes = value / 60;
        let taken = traces
          | where operation_Name == "FetchRecordings" and message startswith "Trigger Details:"
          | extend enqueued = todatetime(extract("EnqueuedTimeUtc: ([^,]+)", 1, message))
          | where isnotnull(enqueued)
          | project ageMinutes = (timestamp - enqueued) / 1m;
        union waiting, taken
        | summarize ageMinutes = max(ageMinutes)
      ''',
      '__QUEUE__',
      conferenceQueue
    )
    measure: 'ageMinutes'
    timeAggregation: 'Maximum'
    threshold: oldestMessageMinutes
    severity: 2
    evaluations: 2
  }
}

module rejected 'log-alert.bicep' = {
  params: {
    name: '${namePrefix}dingtalk-rejects'
    displayName: 'DingTalk rejects the app'
    meaning: 'DingTalk refuses calls for a reason that lasts: credentials, a permission, an address, the monthly quota.'
    runbookUrl: runbookUrl
    location: location
    tags: tags
    scopeId: insightsId
    actionGroupId: actionGroup.id
    query: '''
      traces
      | extend code = coalesce(
          extract(@"^Conference \S+ is dead-lettered: (\S+)", 1, message),
          extract(@"^Conference \S+ is poisoned: (quotaExhausted)", 1, message))
      | where isnotempty(code)
      | summarize conferences = count() by code
    '''
    measure: 'conferences'
    splitBy: [{ name: 'code', operator: 'Include', values: ['*'] }]
    timeAggregation: 'Total'
    threshold: 0
    severity: 1
  }
}

module refused 'log-alert.bicep' = {
  params: {
    name: '${namePrefix}pushes-refused'
    displayName: 'Pushes are refused or fail'
    meaning: 'Pushes to the callback were answered with an error: wrong keys after a rotation, Service Bus out of reach, or strangers.'
    runbookUrl: runbookUrl
    location: location
    tags: tags
    scopeId: insightsId
    actionGroupId: actionGroup.id
    query: '''
      requests
      | where name == "DingTalkEvents" and toint(resultCode) >= 400
      | summarize pushes = sum(itemCount) by resultCode
    '''
    measure: 'pushes'
    splitBy: [{ name: 'resultCode', operator: 'Include', values: ['*'] }]
    timeAggregation: 'Total'
    threshold: refusedPushes
    severity: 1
  }
}

module lost 'log-alert.bicep' = {
  params: {
    name: '${namePrefix}notifications-lost'
    displayName: 'Notifications are lost'
    meaning: 'Notifications could not be read or kept. Who sends them tries again, but not for long.'
    runbookUrl: runbookUrl
    location: location
    tags: tags
    scopeId: insightsId
    actionGroupId: actionGroup.id
    // Events 202, 203, 211, 502 and 503. The Functions host keeps no event ids, so their lines are looked for.
    query: '''
      traces
      | extend what = case(
          message matches regex @"^An event of DingTalk's is lost to this app", "unusable event",
          message matches regex @"^A push with \d+ events could not be kept", "push not kept",
          message matches regex @"^\d+ of \d+ plain notifications could not be enqueued", "notifications not kept",
          message matches regex @"^A failed push of type .+ cannot be read", "unusable failed push",
          message matches regex @"^Conferences whose pushes had failed could not be enqueued", "failed pushes not kept",
          "")
      | where isnotempty(what)
      | summarize lines = sum(itemCount) by what
    '''
    measure: 'lines'
    splitBy: [{ name: 'what', operator: 'Include', values: ['*'] }]
    timeAggregation: 'Total'
    threshold: 0
    severity: 1
  }
}

module slow 'log-alert.bicep' = {
  params: {
    name: '${namePrefix}end-to-end'
    displayName: 'Manifests come late'
    meaning: 'One meeting in twenty waits longer for its manifest than DingTalk usually needs to prepare a recording.'
    runbookUrl: runbookUrl
    location: location
    tags: tags
    scopeId: insightsId
    actionGroupId: actionGroup.id
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
    measure: 'p95Minutes'
    timeAggregation: 'Maximum'
    threshold: endToEndP95Minutes
    severity: 2
    frequency: 'PT1H'
    window: 'P1D'
  }
}

module silence 'log-alert.bicep' = if (noNotificationHours > 0) {
  params: {
    name: '${namePrefix}no-notification'
    displayName: 'No notification'
    meaning: 'No meeting\'s end was reported: the subscription may be off, or DingTalk\'s monthly quota of events spent.'
    runbookUrl: runbookUrl
    location: location
    tags: tags
    scopeId: insightsId
    actionGroupId: actionGroup.id
    query: '''
      traces
      | where message matches regex @"^Conference \S+ is enqueued"
      | summarize notifications = count()
    '''
    measure: 'notifications'
    timeAggregation: 'Total'
    operator: 'LessThan'
    threshold: 1
    severity: 2
    frequency: 'PT1H'
    window: noNotificationHours < 24 ? 'PT${noNotificationHours}H' : 'P${noNotificationHours / 24}D'
  }
}

module sweepStopped 'log-alert.bicep' = if (sweepEnabled) {
  params: {
    name: '${namePrefix}sweep-stopped'
    displayName: 'Failed pushes are not asked for'
    meaning: 'For half an hour the timer that asks DingTalk for failed pushes did not run.'
    runbookUrl: runbookUrl
    location: location
    tags: tags
    scopeId: insightsId
    actionGroupId: actionGroup.id
    query: '''
      requests
      | where name == "SweepFailedPushes"
      | summarize runs = count()
    '''
    measure: 'runs'
    timeAggregation: 'Total'
    operator: 'LessThan'
    threshold: 1
    severity: 2
    window: 'PT30M'
  }
}

module archiveFailed 'metric-alert.bicep' = if (archives) {
  params: {
    name: '${namePrefix}archive-dead-letters'
    meaning: 'Files or transcripts were given up. The dead-letter reason says why.'
    runbookUrl: runbookUrl
    tags: tags
    namespaceId: namespace.id
    actionGroupId: actionGroup.id
    metric: 'DeadletteredMessages'
    queues: [recordingQueue]
    timeAggregation: 'Maximum'
    autoMitigate: false
  }
}

// Scheduled messages do not wait: those that the month's calls put off raise nothing.
module archiveStalled 'log-alert.bicep' = if (archives) {
  params: {
    name: '${namePrefix}archive-stalled'
    displayName: 'Nothing is archived'
    meaning: 'A recording has waited for hours, and no byte of any was stored in the last one.'
    runbookUrl: runbookUrl
    location: location
    tags: tags
    scopeId: insightsId
    actionGroupId: actionGroup.id
    query: replace(
      '''
        let stored = customMetrics
          | where name == "meeting_recordings.archive.bytes"
          | summarize bytes = sum(value);
        customMetrics
        | where name == "meeting_recordings.queue.oldest" and tostring(customDimensions.queue) == "__QUEUE__"
        | summarize waitedHours = max(value) / 3600
        | where coalesce(toscalar(stored), 0.0) == 0
      ''',
      '__QUEUE__',
      recordingQueue
    )
    measure: 'waitedHours'
    timeAggregation: 'Maximum'
    threshold: archiveStalledHours
    severity: 2
    frequency: 'PT1H'
    window: 'PT1H'
  }
}

module capped 'log-alert.bicep' = {
  params: {
    name: '${namePrefix}logs-capped'
    displayName: 'Logs are no longer taken in'
    meaning: 'The day\'s quota of logs is used up: until tomorrow the alerts about logs are blind.'
    runbookUrl: runbookUrl
    location: location
    tags: tags
    scopeId: workspaceId
    actionGroupId: actionGroup.id
    query: '''
      _LogOperation
      | where Category =~ "Ingestion" and Detail contains "OverQuota"
      | summarize times = count()
    '''
    measure: 'times'
    timeAggregation: 'Total'
    threshold: 0
    severity: 2
  }
}

// As DingTalk sees the app. Three places every five minutes also keep the always-ready instance in use.
resource health 'Microsoft.Insights/webtests@2022-06-15' = if (!empty(healthUrl)) {
  name: '${namePrefix}health'
  location: location
  tags: union(tags, { 'hidden-link:${insightsId}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: '${namePrefix}health'
    Name: 'Health'
    Kind: 'standard'
    Enabled: true
    Frequency: 300
    Timeout: 30
    RetryEnabled: true
    Locations: [{ Id: 'apac-sg-sin-azr' }, { Id: 'emea-nl-ams-azr' }, { Id: 'us-va-ash-azr' }]
    Request: { RequestUrl: healthUrl, HttpVerb: 'GET', ParseDependentRequests: false }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 7 }
  }
}

resource unhealthy 'Microsoft.Insights/metricAlerts@2018-03-01' = if (!empty(healthUrl)) {
  name: '${namePrefix}no-answer'
  location: 'global'
  tags: tags
  properties: {
    description: 'The app does not start, or does not answer: pushes are being lost. What to do: ${runbookUrl}#${namePrefix}no-answer'
    severity: 0
    enabled: true
    scopes: [health.id, insightsId]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: health.id
      componentId: insightsId
      failedLocationCount: 2
    }
    actions: [{ actionGroupId: actionGroup.id }]
  }
}

output actionGroupId string = actionGroup.id
