// Tells others of each manifest that is written, the first time and every time that it changes.
param name string
param location string
param tags object
param storageAccountName string
param container string
@secure()
param webhook string
param queueId string

var filter = {
  includedEventTypes: ['Microsoft.Storage.BlobCreated']
  subjectBeginsWith: '/blobServices/default/containers/${container}/blobs/'
  subjectEndsWith: '.json'
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageAccountName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  properties: {
    source: account.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }

  // Event Grid asks the address for a handshake before it makes this: the receiver must be up.
  resource toWebhook 'eventSubscriptions' = if (!empty(webhook)) {
    name: 'webhook'
    properties: {
      destination: { endpointType: 'WebHook', properties: { endpointUrl: webhook } }
      filter: filter
      eventDeliverySchema: 'CloudEventSchemaV1_0'
    }
  }

  resource toQueue 'eventSubscriptions' = if (!empty(queueId)) {
    name: 'queue'
    properties: {
      destination: { endpointType: 'ServiceBusQueue', properties: { resourceId: queueId } }
      filter: filter
      eventDeliverySchema: 'CloudEventSchemaV1_0'
    }
  }
}
