// The archive: files of recordings and transcripts. An account of its own, for a version of a large file would be paid for like the file.
param name string
param location string
param tags object
param appPrincipalId string
param sku string
@description('Keeps the account from being deleted until the lock is removed.')
param deleteLock bool
param publicNetworkAccess ('Enabled' | 'Disabled')
@description('Days after its last write at which a file is deleted. 0 keeps it.')
param deleteAfterDays int
@description('Days from its creation for which nobody can change or delete a file. 0: none.')
param immutableDays int
param workspaceId string

// ArchiveSettings.Container.
var containerName = 'recordings'
var undeleteDays = 7

// Not Contributor: writing index tags is an action of Owner's alone.
var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
// For short-lived links. Its one action is the account's; what a link may open is limited by the role on the container.
var storageBlobDelegator = 'db58b8e5-c6ad-4a2a-8342-4190687cbf4a'

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: publicNetworkAccess
    networkAcls: {
      bypass: 'None'
      defaultAction: publicNetworkAccess == 'Disabled' ? 'Deny' : 'Allow'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      isVersioningEnabled: false
      deleteRetentionPolicy: { enabled: true, days: undeleteDays }
      containerDeleteRetentionPolicy: { enabled: true, days: undeleteDays }
    }

    resource recordings 'containers' = {
      name: containerName
      properties: { publicAccess: 'None' }

      // Unlocked: it can still be shortened or taken away. Locking it is for good, and so is done by hand.
      resource immutability 'immutabilityPolicies' = if (immutableDays > 0) {
        name: 'default'
        properties: { immutabilityPeriodSinceCreationInDays: immutableDays, allowProtectedAppendWrites: false }
      }
    }
  }
}

// There in any case: a rule that is left out of a deployment goes on deleting.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'delete-old-recordings'
          enabled: deleteAfterDays > 0
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${containerName}/'] }
            actions: {
              baseBlob: { delete: { daysAfterModificationGreaterThan: deleteAfterDays > 0 ? deleteAfterDays : 36500 } }
            }
          }
        }
      ]
    }
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (deleteLock) {
  scope: account
  name: 'recordings'
  properties: { level: 'CanNotDelete', notes: 'Meeting recordings. Remove the lock before azd down.' }
}

resource owner 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::blobs::recordings
  name: guid(account::blobs::recordings.id, appPrincipalId, storageBlobDataOwner)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataOwner)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource delegator 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, appPrincipalId, storageBlobDelegator)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDelegator)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// The only released version knows no log categories; this one is what Azure's documentation gives.
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::blobs
  name: 'deletes'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageDelete', enabled: true }]
  }
}

output name string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
