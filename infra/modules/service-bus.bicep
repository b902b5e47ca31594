// The three queues. Standard has what they need: duplicate detection and schedules. Only Premium has private endpoints, so with
// a virtual network too the namespace stays reachable, for identities with a role.
param name string
param location string
param tags object
param appPrincipalId string
param poisonRetentionDays int
param workspaceId string

// Why Owner on the queues that trigger, and nowhere else: docs/decisions.md, "Who may do what on Service Bus".
var serviceBusDataOwner = '090c5cfd-751d-490a-894a-3ce6f1109419'
var serviceBusDataReceiver = '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0'
var serviceBusDataSender = '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39'

var conferenceQueueName = 'conferences'
var poisonQueueName = 'conferences-poison'
var recordingQueueName = 'recordings'

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Standard' }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
  }

  resource conferences 'queues' = {
    name: conferenceQueueName
    properties: {
      // Message ids are lineages: within this time a repeated push, or a redelivered message's second child, is dropped.
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: 'PT10M'
      lockDuration: 'PT1M'
      // What DingTalk refuses is settled by the app. This counts crashes, and what the platform itself spends: invocations that
      // it ends while an instance is drained, settlements that it fails. Microsoft's emulator takes no more than ten.
      maxDeliveryCount: 10
      // Twice the age at which a lineage ends (Recovery__MaxAge, 7 days): only what nobody processed reaches it.
      defaultMessageTimeToLive: 'P14D'
      deadLetteringOnMessageExpiration: true
      // About 1 KB a message: five million of them.
      maxSizeInMegabytes: 5120
    }
  }

  resource poison 'queues' = {
    name: poisonQueueName
    properties: {
      // A lineage is poisoned once; a second attempt at the same end is dropped.
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: 'PT10M'
      lockDuration: 'PT1M'
      // An operator who picks a message delivers those before it too; nothing else receives here.
      maxDeliveryCount: 2000
      // Messages name people, so they have an end: an alert has stood for all of this time. Service Bus never ends
      // dead letters (the app does, DeadLetterRetention), so nothing is moved there.
      defaultMessageTimeToLive: 'P${poisonRetentionDays}D'
      deadLetteringOnMessageExpiration: false
      maxSizeInMegabytes: 1024
    }
  }

  // There even while nothing is archived: its trigger is.
  resource recordings 'queues' = {
    name: recordingQueueName
    properties: {
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: 'PT10M'
      // A slice of a file takes four minutes.
      lockDuration: 'PT5M'
      maxDeliveryCount: 10
      defaultMessageTimeToLive: 'P14D'
      deadLetteringOnMessageExpiration: true
      maxSizeInMegabytes: 1024
    }
  }
}

resource recordingsOwner 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: namespace::recordings
  name: guid(namespace::recordings.id, appPrincipalId, serviceBusDataOwner)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataOwner)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource conferencesOwner 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: namespace::conferences
  name: guid(namespace::conferences.id, appPrincipalId, serviceBusDataOwner)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataOwner)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource poisonReceiver 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: namespace::poison
  name: guid(namespace::poison.id, appPrincipalId, serviceBusDataReceiver)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataReceiver)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource poisonSender 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: namespace::poison
  name: guid(namespace::poison.id, appPrincipalId, serviceBusDataSender)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataSender)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// The only released version knows no log categories; this one is what Azure's documentation gives.
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: namespace
  name: 'operations'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'OperationalLogs', enabled: true }]
  }
}

output id string = namespace.id
output name string = namespace.name
output fullyQualifiedNamespace string = split(replace(namespace.properties.serviceBusEndpoint, 'https://', ''), ':')[0]
output conferenceQueue string = namespace::conferences.name
output poisonQueue string = namespace::poison.name
output recordingQueue string = namespace::recordings.name
