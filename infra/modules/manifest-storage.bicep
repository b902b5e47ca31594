// Where the manifests are. Every rewrite leaves a version behind, and a deleted blob can be brought back for two weeks.
param name string
param location string
param tags object
param appPrincipalId string
param sku string
@description('Keeps the account from being deleted until the lock is removed.')
param deleteLock bool
param publicNetworkAccess ('Enabled' | 'Disabled')
@description('Days after its last write at which a manifest is deleted. 0 keeps it.')
param retentionDays int
param workspaceId string

var containerName = 'manifests'
// BlobSuiteTicketStore's: the tickets that DingTalk pushes to a third-party app.
var stateContainerName = 'dingtalk-state'
var undeleteDays = 14
var versionDays = 30

// Not Contributor: writing index tags is an action of Owner's alone.
var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var storageBlobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

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
      isVersioningEnabled: true
      deleteRetentionPolicy: { enabled: true, days: undeleteDays }
      containerDeleteRetentionPolicy: { enabled: true, days: undeleteDays }
    }

    resource manifests 'containers' = {
      name: containerName
      properties: { publicAccess: 'None' }
    }

    resource state 'containers' = {
      name: stateContainerName
      properties: { publicAccess: 'None' }
    }
  }
}

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: concat(
        [
          {
            name: 'delete-old-versions'
            enabled: true
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['${containerName}/'] }
              actions: { version: { delete: { daysAfterCreationGreaterThan: versionDays } } }
            }
          }
          {
            name: 'delete-old-tickets'
            enabled: true
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['${stateContainerName}/'] }
              actions: { version: { delete: { daysAfterCreationGreaterThan: 1 } } }
            }
          }
        ],
        retentionDays == 0
          ? []
          : [
              {
                name: 'delete-old-manifests'
                enabled: true
                type: 'Lifecycle'
                definition: {
                  filters: { blobTypes: ['blockBlob'], prefixMatch: ['${containerName}/'] }
                  actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: retentionDays } } }
                }
              }
            ]
      )
    }
  }
  // A rule about versions is refused while the account has none.
  dependsOn: [account::blobs]
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (deleteLock) {
  scope: account
  name: 'manifests'
  properties: { level: 'CanNotDelete', notes: 'Meeting manifests. Remove the lock before azd down.' }
}

resource owner 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::blobs::manifests
  name: guid(account::blobs::manifests.id, appPrincipalId, storageBlobDataOwner)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataOwner)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource contributor 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::blobs::state
  name: guid(account::blobs::state.id, appPrincipalId, storageBlobDataContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataContributor)
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
output container string = account::blobs::manifests.name
