// Everything that one environment of Meeting Recordings needs, in a resource group of its own.
targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('Name of the azd environment; it names the resource group.')
param environmentName string

@allowed([
  'australiaeast'
  'australiasoutheast'
  'brazilsouth'
  'canadacentral'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'francecentral'
  'germanywestcentral'
  'italynorth'
  'japaneast'
  'koreacentral'
  'northcentralus'
  'northeurope'
  'norwayeast'
  'southafricanorth'
  'southcentralus'
  'southeastasia'
  'southindia'
  'spaincentral'
  'swedencentral'
  'uaenorth'
  'uksouth'
  'ukwest'
  'westcentralus'
  'westeurope'
  'westus'
  'westus2'
  'westus3'
])
@description('Region of every resource: those that have the Flex Consumption plan.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Puts storage and secrets behind private endpoints, and the app into the network that reaches them.')
param vnetEnabled bool = false

@description('With the network: gives the app one fixed address, for the list of allowed addresses in DingTalk\'s console.')
param natGateway bool = false

@description('Where alerts are mailed. Empty: alerts fire and are seen in the portal, but nobody is told.')
param alertEmail string = ''

@secure()
@description('An address that alerts are posted to, in Azure Monitor\'s common alert schema. Empty: none.')
param alertWebhook string = ''

@description('Where the runbook is that alerts name: a path in the repository, or an address that an e-mail can link to.')
param runbookUrl string = 'docs/operations.md'

@allowed([0, 1, 2, 3, 4, 5, 6, 24, 48])
@description('Alerts when no notification has come for so many hours. 0 turns it off: most organisations sleep.')
param noNotificationHours int = 0

@description('Asks /api/health from three places every five minutes. The test is billed by the run.')
param availabilityTest bool = true

@minValue(0)
@description('Deletes manifests that were not written for so many days. 0 keeps them.')
param manifestRetentionDays int = 0

@minValue(14)
@maxValue(365)
@description('Days after which a message in the poison queue is deleted.')
param poisonRetentionDays int = 90

@allowed(['', 'Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
@description('How manifests are replicated. Empty: over the zones of the region, where it has any.')
param manifestStorageSku string = ''

@secure()
@description('https address that Event Grid tells of each manifest that is written. Empty: none.')
param manifestEventsWebhook string = ''

@description('Resource id of a Service Bus queue that Event Grid tells of each manifest that is written. Empty: none.')
param manifestEventsQueueId string = ''

@description('Keeps the storage accounts of manifests and recordings from being deleted, by azd down too, until the lock is removed.')
param deleteLock bool = false

@description('Archives the files of recordings.')
param archiveRecordings bool = false

@description('Archives what was said.')
param archiveTranscripts bool = false

@allowed(['default', 'hot', 'cool', 'cold', 'archive'])
@description('Access tier of archived files. archive is offline, and not replicated over zones.')
param archiveTier string = 'default'

@minValue(0)
@maxValue(36500)
@description('Deletes what was archived so many days ago. 0 keeps it.')
param archiveDeleteAfterDays int = 0

@minValue(0)
@maxValue(146000)
@description('Days for which nobody can change or delete an archived file. 0: none. Not for transcripts, which DingTalk corrects.')
param archiveImmutableDays int = 0

@description('Which DingTalk: https://api.dingtalk.io/ or, for apps made in the Chinese console, https://api.dingtalk.com/.')
param dingTalkBaseAddress string = 'https://api.dingtalk.io/'

@allowed(['internal', 'thirdParty'])
@description('An internal app proves itself by AppKey and AppSecret, a third-party app by SuiteKey and SuiteSecret.')
param dingTalkAppKind string = 'internal'

@description('Asks the senders of plain notifications for a Standard Webhooks signature beside the function key.')
param signedNotifications bool = false

@description('Asks DingTalk every five minutes for the pushes that failed. Each question is one call of the month\'s quota.')
param sweepEnabled bool = false

@minValue(1)
@maxValue(60)
@description('The most instances that look at conferences; they share DingTalk\'s rate. Some regions allow no fewer than 40.')
param maximumInstances int = 40

@minValue(1)
@maxValue(1000)
@description('Calls a second that DingTalk allows the app on one API: 20, or 60 with the paid package. All instances share them.')
param callsPerSecond int = 20

@minValue(0)
@description('The most metered calls of DingTalk in a month: what its plan allows, less what others of the organisation use. 0: no limit.')
param callsPerMonth int = 0

@minValue(1)
@maxValue(20)
@description('Instances that always wait for pushes. Two leave no gap while a rolling update replaces one.')
param alwaysReadyInstances int = 1

@allowed(['Recreate', 'RollingUpdate'])
@description('How a deployment replaces instances: all at once, or in batches, which is in preview and wants two always-ready ones.')
param updateStrategy string = 'Recreate'

@description('Application id of the Entra ID registration with which operators sign in too. Empty: a key is enough.')
param operatorClientId string = ''

@minValue(-1)
@description('GB of logs a day at which Log Analytics stops taking more. -1: no limit.')
param dailyLogQuotaGb int = 1

@minValue(0)
@description('Amount a month, in the subscription\'s currency, of which 80 % spent and 100 % forecast are told. 0: no budget.')
param monthlyBudget int = 0

@description('First day of the month in which the budget begins, for instance 2026-12-01. It cannot be changed later.')
param budgetStart string = ''

var abbreviations = loadJsonContent('abbreviations.json')
var resourceToken = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var regionsWithoutZones = ['australiasoutheast', 'northcentralus', 'southindia', 'ukwest', 'westcentralus', 'westus']
var zonedSku = contains(regionsWithoutZones, location) ? 'Standard_LRS' : 'Standard_ZRS'
var archives = archiveRecordings || archiveTranscripts

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
    dailyQuotaGb: dailyLogQuotaGb
  }
}

module network 'modules/network.bicep' = if (vnetEnabled) {
  scope: resourceGroup
  params: {
    name: '${abbreviations.virtualNetwork}${resourceToken}'
    natGatewayName: natGateway ? '${abbreviations.natGateway}${resourceToken}' : ''
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
    sku: empty(manifestStorageSku) ? zonedSku : manifestStorageSku
    deleteLock: deleteLock
    retentionDays: manifestRetentionDays
    workspaceId: monitoring.outputs.workspaceId
  }
}

module archiveStorage 'modules/archive-storage.bicep' = if (archives) {
  scope: resourceGroup
  params: {
    name: '${abbreviations.storageAccount}rec${resourceToken}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    publicNetworkAccess: vnetEnabled ? 'Disabled' : 'Enabled'
    // Azure has no archive tier where data lies in several zones.
    sku: archiveTier == 'archive' ? 'Standard_LRS' : zonedSku
    deleteLock: deleteLock
    deleteAfterDays: archiveDeleteAfterDays
    immutableDays: archiveImmutableDays
    workspaceId: monitoring.outputs.workspaceId
  }
}

module manifestEvents 'modules/manifest-events.bicep' = if (!empty(manifestEventsWebhook) || !empty(manifestEventsQueueId)) {
  scope: resourceGroup
  params: {
    name: '${abbreviations.eventGridTopic}${resourceToken}'
    location: location
    tags: tags
    storageAccountName: manifestStorage.outputs.name
    container: manifestStorage.outputs.container
    webhook: manifestEventsWebhook
    queueId: manifestEventsQueueId
  }
}

module serviceBus 'modules/service-bus.bicep' = {
  scope: resourceGroup
  params: {
    name: '${abbreviations.serviceBus}${resourceToken}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    poisonRetentionDays: poisonRetentionDays
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
    storageAccountNames: concat(
      [hostStorage.outputs.name, manifestStorage.outputs.name],
      archives ? [archiveStorage.?outputs.name ?? ''] : []
    )
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
    recordingQueue: serviceBus.outputs.recordingQueue
    archiveBlobEndpoint: archiveStorage.?outputs.blobEndpoint ?? ''
    archiveRecordings: archiveRecordings
    archiveTranscripts: archiveTranscripts
    archiveTier: archiveTier
    keyVaultUri: keyVault.outputs.uri
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    dingTalkBaseAddress: dingTalkBaseAddress
    dingTalkAppKind: dingTalkAppKind
    signedNotifications: signedNotifications
    sweepEnabled: sweepEnabled
    poisonRetentionDays: poisonRetentionDays
    maximumInstances: maximumInstances
    callsPerSecond: callsPerSecond
    callsPerMonth: callsPerMonth
    alwaysReadyInstances: alwaysReadyInstances
    updateStrategy: updateStrategy
    operatorClientId: operatorClientId
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
    webhook: alertWebhook
    runbookUrl: runbookUrl
    serviceBusName: serviceBus.outputs.name
    conferenceQueue: serviceBus.outputs.conferenceQueue
    poisonQueue: serviceBus.outputs.poisonQueue
    recordingQueue: serviceBus.outputs.recordingQueue
    archives: archives
    insightsId: monitoring.outputs.insightsId
    workspaceId: monitoring.outputs.workspaceId
    noNotificationHours: noNotificationHours
    sweepEnabled: sweepEnabled
    healthUrl: availabilityTest ? '${functionApp.outputs.uri}/api/health' : ''
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0 && !empty(budgetStart)) {
  scope: resourceGroup
  params: {
    amount: monthlyBudget
    start: budgetStart
    actionGroupId: alerts.outputs.actionGroupId
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
output AZURE_ARCHIVE_BLOB_ENDPOINT string = archiveStorage.?outputs.blobEndpoint ?? ''
output AZURE_OUTBOUND_ADDRESS string = network.?outputs.outboundAddress ?? ''
output AZURE_WORKBOOK_ID string = workbook.outputs.id
output SERVICE_API_NAME string = functionApp.outputs.name
output SERVICE_API_URI string = functionApp.outputs.uri
output DINGTALK_CALLBACK_URL string = '${functionApp.outputs.uri}/api/dingtalk/events'
output APPLICATIONINSIGHTS_CONNECTION_STRING string = monitoring.outputs.insightsConnectionString
