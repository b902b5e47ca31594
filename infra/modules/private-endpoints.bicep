// Private addresses, and the names that resolve to them, for the storage accounts and the vault.
param namePrefix string
param location string
param tags object
param virtualNetworkId string
param subnetId string
param storageAccountNames string[]
param keyVaultName string

var blobZone = 'privatelink.blob.${environment().suffixes.storage}'
var vaultZone = 'privatelink.vaultcore.azure.net'

resource accounts 'Microsoft.Storage/storageAccounts@2025-06-01' existing = [
  for name in storageAccountNames: { name: name }
]

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' existing = { name: keyVaultName }

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in [blobZone, vaultZone]: {
    name: zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for i in range(0, 2): {
    parent: zones[i]
    name: 'app'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: virtualNetworkId }
    }
  }
]

resource blobEndpoints 'Microsoft.Network/privateEndpoints@2025-01-01' = [
  for (name, i) in storageAccountNames: {
    name: '${namePrefix}${name}'
    location: location
    tags: tags
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        { name: 'blob', properties: { privateLinkServiceId: accounts[i].id, groupIds: ['blob'] } }
      ]
    }
  }
]

resource blobNames 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-01-01' = [
  for i in range(0, length(storageAccountNames)): {
    parent: blobEndpoints[i]
    name: 'default'
    properties: { privateDnsZoneConfigs: [{ name: 'blob', properties: { privateDnsZoneId: zones[0].id } }] }
  }
]

resource vaultEndpoint 'Microsoft.Network/privateEndpoints@2025-01-01' = {
  name: '${namePrefix}${keyVaultName}'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      { name: 'vault', properties: { privateLinkServiceId: vault.id, groupIds: ['vault'] } }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: { privateDnsZoneConfigs: [{ name: 'vault', properties: { privateDnsZoneId: zones[1].id } }] }
  }
}
