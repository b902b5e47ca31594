// Everything that one environment of Meeting Recordings needs, in a resource group of its own.
targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('Name of the azd environment; it names the resource group.')
param environmentName string

@minLength(1)
@description('Region of every resource. `az functionapp list-flexconsumption-locations` lists those that have the plan.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Puts storage and secrets behind private endpoints, and the app into the network that reaches them.')
param vnetEnabled bool = false

@description('Where alerts are mailed. Empty: alerts fire and are seen in the portal, but nobody is told.')
param alertEmail string = ''

@allowed([0, 1, 2, 3, 4, 5, 6, 24, 48])
@description('Alerts when no notification has come for so many hours. 0 turns it off: most organisations sleep.')
param noNotificationHours int = 0

@minValue(0)
@description('Deletes manifests that were not written for so many days. 0 keeps them.')
param manifestRetentionDays int = 0

@description('Which DingTalk: https://api.dingtalk.io/ or, for apps made in the Chinese console, https://api.dingtalk.com/.')
param dingTalkBaseAddress string = 'https://api.dingtalk.io/'

@allowed(['internal', 'thirdParty'])
@description('An internal app proves itself by AppKey and AppSecret, a third-party app by SuiteKey and SuiteSecret.')
param dingTalkAppKind string = 'internal'

@description('Asks the senders of plain notifications for a Standard Webhooks signature beside the function key.')
param signedNotifications bool = false

var abbreviations = loadJsonContent('abbreviations.json')
var resourceToken = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }

resource resourceGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: '${abbreviations.resourceGroup}${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: resourceGroup
  params: {
    name: '${abbreviations.managedIdentity}${resourceToken}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: resourceGroup
  params: {
    workspaceName: '${abbreviations.logAnalytics}${resourceToken}'
    insightsName: '${abbreviations.applicationInsights}${resourceToken}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
  }
}

module network 'modules/network.bicep' = if (vnetEnabled) {
  scope: resourceGroup
  params: {
    name: '${abbreviations.virtualNetwork}${resourceToken}'
    location: location
    tags: tags
  }
}

module hostStorage 'modules/host-storage.bicep' = {
  scope: resourceGroup
  params: {
    name: '${abbreviations.storageAccount}host${resourceToken}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    publicNetworkAccess: vnetEnabled ? 'Disabled' : 'Enabled'
  }
}

module manifestStorage 'modules/manifest-storage.bicep' = {
  scope: resourceGroup
  params: {
    name: '${abbreviations.storageAccount}data${resourceToken}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    publicNetworkAccess: vnetEnabled ? 'Disabled' : 'Enabled'
    retentionDays: manifestRetentionDays
    workspaceId: monitoring.outputs.workspaceId
  }
}

module serviceBus 'modules/service-bus.bicep' = {
  scope: resourceGroup
  params: {
    name: '${abbreviations.serviceBus}${resourceToken}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module keyVault 'modules/key-vault.bicep' = {
  scope: resourceGroup
  params: {
    name: '${abbreviations.keyVault}${resourceToken}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    publicNetworkAccess: vnetEnabled ? 'Disabled' : 'Enabled'
    workspaceId: monitoring.outputs.workspaceId
  }
}

module privateEndpoints 'modules/private-endpoints.bicep' = if (vnetEnabled) {
  scope: resourceGroup
  params: {
    namePrefix: abbreviations.privateEndpoint
    location: location
    tags: tags
    virtualNetworkId: network.?outputs.virtualNetworkId ?? ''
    subnetId: network.?outputs.privateEndpointSubnetId ?? ''
    storageAccountNames: [hostStorage.outputs.name, manifestStorage.outputs.name]
    keyVaultName: keyVault.outputs.name
  }
}

module functionApp 'modules/function-app.bicep' = {
  scope: resourceGroup
  params: {
    name: '${abbreviations.functionApp}${resourceToken}'
    planName: '${abbreviations.flexPlan}${resourceToken}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    hostBlobEndpoint: hostStorage.outputs.blobEndpoint
    packageContainer: hostStorage.outputs.packageContainer
    manifestBlobEndpoint: manifestStorage.outputs.blobEndpoint
    manifestContainer: manifestStorage.outputs.container
    serviceBusNamespace: serviceBus.outputs.fullyQualifiedNamespace
    conferenceQueue: serviceBus.outputs.conferenceQueue
    poisonQueue: serviceBus.outputs.poisonQueue
    keyVaultUri: keyVault.outputs.uri
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    dingTalkBaseAddress: dingTalkBaseAddress
    dingTalkAppKind: dingTalkAppKind
    signedNotifications: signedNotifications
    subnetId: network.?outputs.appSubnetId ?? ''
  }
  // The app reads its package through these as it starts.
  dependsOn: [privateEndpoints]
}

module alerts 'modules/alerts.bicep' = {
  scope: resourceGroup
  params: {
    namePrefix: abbreviations.alert
    actionGroupName: '${abbreviations.actionGroup}${resourceToken}'
    location: location
    tags: tags
    email: alertEmail
    serviceBusName: serviceBus.outputs.name
    conferenceQueue: serviceBus.outputs.conferenceQueue
    poisonQueue: serviceBus.outputs.poisonQueue
    insightsId: monitoring.outputs.insightsId
    noNotificationHours: noNotificationHours
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: resourceGroup
  params: {
    location: location
    tags: tags
    insightsId: monitoring.outputs.insightsId
    serviceBusId: serviceBus.outputs.id
  }
}

output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = resourceGroup.name
output AZURE_FUNCTION_NAME string = functionApp.outputs.name
output AZURE_FUNCTION_ID string = functionApp.outputs.id
output AZURE_KEY_VAULT_NAME string = keyVault.outputs.name
output AZURE_KEY_VAULT_ID string = keyVault.outputs.id
output AZURE_SERVICE_BUS_NAMESPACE string = serviceBus.outputs.fullyQualifiedNamespace
output AZURE_MANIFESTS_BLOB_ENDPOINT string = manifestStorage.outputs.blobEndpoint
output AZURE_WORKBOOK_ID string = workbook.outputs.id
output SERVICE_API_NAME string = functionApp.outputs.name
output SERVICE_API_URI string = functionApp.outputs.uri
output DINGTALK_CALLBACK_URL string = '${functionApp.outputs.uri}/api/dingtalk/events'
output APPLICATIONINSIGHTS_CONNECTION_STRING string = monitoring.outputs.insightsConnectionString
