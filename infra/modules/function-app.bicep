// The function app on Flex Consumption, with every setting that it reads.
param name string
param planName string
param location string
param tags object
param identityId string
param identityClientId string
param hostBlobEndpoint string
param packageContainer string
param manifestBlobEndpoint string
param manifestContainer string
param serviceBusNamespace string
param conferenceQueue string
param poisonQueue string
param keyVaultUri string
param insightsConnectionString string
param dingTalkBaseAddress string
param dingTalkAppKind ('internal' | 'thirdParty')
param signedNotifications bool
@description('The subnet that the app joins. Empty: none.')
param subnetId string

// DingTalk allows an app 20 calls a second to each of its APIs. Instances do not know of each other, so each gets a share that
// holds when all run:
//   40 instances, the fewest to which Flex Consumption can be limited, x 0.5 calls/s = 20 calls/s.
// An instance holds 16 messages (host.json, maxConcurrentCalls), each with two calls at most to one API in a row:
//   16 x 2 / 0.5 = 64 s until the last of them has its turn, well within the 5 min for which the host renews a message's lock.
// The queue's length divided by those 16 is how many instances Azure wants: all 40 work from 625 waiting conferences on, and then
// up to 20 are looked at each second.
var maximumInstanceCount = 40
var callsPerSecondAndInstance = '0.5'

// infra/hooks/seed-secrets writes the same secrets. A reference to one that is not there reaches the app as it stands here, so it is
// set only where the secret is wanted.
var secret = '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets'
var appSecretSettings = dingTalkAppKind == 'internal'
  ? [
      { name: 'DingTalk__AppKey', value: '${secret}/dingtalk-app-key)' }
      { name: 'DingTalk__AppSecret', value: '${secret}/dingtalk-app-secret)' }
    ]
  : [
      { name: 'DingTalk__SuiteKey', value: '${secret}/dingtalk-suite-key)' }
      { name: 'DingTalk__SuiteSecret', value: '${secret}/dingtalk-suite-secret)' }
    ]
var webhookSecretSettings = signedNotifications
  ? [{ name: 'MeetingsEnded__WebhookSecret', value: '${secret}/meetings-ended-webhook-secret)' }]
  : []

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostBlobEndpoint}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: maximumInstanceCount
        // DingTalk wants its answer within 1.2 s and repeats a push only twice: a cold start of this group would lose meetings.
        alwaysReady: [{ name: 'http', instanceCount: 1 }]
        // A push waits for one batch send that it shares with others, so one instance takes a whole burst.
        triggers: { http: { perInstanceConcurrency: 100 } }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      appSettings: concat(
        [
          // The host's own storage, queues and telemetry: an identity everywhere, a key nowhere.
          { name: 'AzureWebJobsStorage__blobServiceUri', value: hostBlobEndpoint }
          { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
          { name: 'AzureWebJobsStorage__clientId', value: identityClientId }
          { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insightsConnectionString }
          { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'ClientId=${identityClientId};Authorization=AAD' }
          { name: 'ServiceBus__fullyQualifiedNamespace', value: serviceBusNamespace }
          { name: 'ServiceBus__credential', value: 'managedidentity' }
          { name: 'ServiceBus__clientId', value: identityClientId }
          { name: 'ConferenceQueue', value: conferenceQueue }
          { name: 'PoisonQueue', value: poisonQueue }
          { name: 'Manifests__blobServiceUri', value: manifestBlobEndpoint }
          { name: 'Manifests__clientId', value: identityClientId }
          { name: 'ManifestContainer', value: manifestContainer }
          { name: 'DingTalk__BaseAddress', value: dingTalkBaseAddress }
          { name: 'DingTalk__CallsPerSecond', value: callsPerSecondAndInstance }
          // The sweep needs a schedule even while it is off (Sweep__Enabled).
          { name: 'SweepSchedule', value: '0 */5 * * * *' }
          { name: 'DingTalk__CallbackToken', value: '${secret}/dingtalk-callback-token)' }
          { name: 'DingTalk__EncodingAesKey', value: '${secret}/dingtalk-encoding-aes-key)' }
        ],
        appSecretSettings,
        webhookSecretSettings
      )
    }
  }

  // Deployment is by identity too: no user name and password, neither for FTP nor for the deployment site.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output id string = app.id
output name string = app.name
output uri string = 'https://${app.properties.defaultHostName}'
