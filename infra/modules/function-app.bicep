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
param recordingQueue string
@description('Where files and transcripts go. Empty where nothing is archived.')
param archiveBlobEndpoint string
param archiveRecordings bool
param archiveTranscripts bool
param archiveTier string
param keyVaultUri string
param insightsConnectionString string
param dingTalkBaseAddress string
param dingTalkAppKind ('internal' | 'thirdParty')
param signedNotifications bool
param sweepEnabled bool
param poisonRetentionDays int
param maximumInstances int
@description('What DingTalk allows the whole fleet on one API.')
param callsPerSecond int

@description('The most metered calls of DingTalk in a month; 0 for no limit.')
@minValue(0)
param callsPerMonth int
param alwaysReadyInstances int
param updateStrategy ('Recreate' | 'RollingUpdate')
@description('Application id of the registration with which operators sign in. Empty: none.')
param operatorClientId string
@description('The subnet that the app joins. Empty: none.')
param subnetId string

// DingTalk allows an app so many calls a second to each of its APIs. Instances do not know of each other, so each gets a share that
// holds when all run, rounded down to hundredths:
//   20 calls/s over 40 instances = 0.50 calls/s, over 5 instances = 4.00 calls/s.
// An instance holds 16 messages (host.json, maxConcurrentCalls), each with two calls at most to one API in a row:
//   16 x 2 / 0.50 = 64 s until the last of them has its turn, well within the 5 min for which the host renews a message's lock.
// The queue's length divided by those 16 is how many instances Azure wants: a backlog drains at the fleet's rate, whatever their
// number. The maximum is that of one group of functions on demand; pushes have a group of their own, which calls nobody.
var hundredths = callsPerSecond * 100 / maximumInstances
var callsPerSecondAndInstance = '${hundredths / 100}.${padLeft(hundredths % 100, 2, '0')}'

// The app secret goes there, so never in clear, whatever was given.
var baseAddress = 'https://${replace(replace(toLower(dingTalkBaseAddress), 'https://', ''), 'http://', '')}'

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

var archiveSettings = archiveRecordings || archiveTranscripts
  ? [
      { name: 'Archive__Enabled', value: string(archiveRecordings) }
      { name: 'Transcripts__Enabled', value: string(archiveTranscripts) }
      { name: 'Archive__blobServiceUri', value: archiveBlobEndpoint }
      { name: 'Archive__clientId', value: identityClientId }
      { name: 'Archive__Tier', value: archiveTier }
    ]
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
      // Documented from 2023-12-01 on, and missing in Bicep's types.
      #disable-next-line BCP037
      siteUpdateStrategy: updateStrategy == 'Recreate' ? null : { type: updateStrategy }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: maximumInstances
        // DingTalk wants its answer within 1.2 s and repeats a push only twice: a cold start of this group would lose meetings.
        // Always-ready makes that rare, not impossible: docs/reliability.md.
        alwaysReady: [{ name: 'http', instanceCount: alwaysReadyInstances }]
        // A push waits for one batch send that it shares with others, so one instance takes a whole burst.
        triggers: { http: { perInstanceConcurrency: 100 } }
      }
    }
    // Flex Consumption refuses many properties here, ftpsState among them: FTP is closed by the policy below.
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
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
          { name: 'RecordingQueue', value: recordingQueue }
          { name: 'DeadLetterRetention', value: '${poisonRetentionDays}.00:00:00' }
          { name: 'Manifests__blobServiceUri', value: manifestBlobEndpoint }
          { name: 'Manifests__clientId', value: identityClientId }
          { name: 'ManifestContainer', value: manifestContainer }
          { name: 'DingTalk__BaseAddress', value: baseAddress }
          { name: 'DingTalk__CallsPerSecond', value: callsPerSecondAndInstance }
          // The sweep needs a schedule even while it is off (Sweep__Enabled).
          { name: 'SweepSchedule', value: '0 */5 * * * *' }
          { name: 'Sweep__Enabled', value: string(sweepEnabled) }
          { name: 'DingTalk__CallbackToken', value: '${secret}/dingtalk-callback-token)' }
          { name: 'DingTalk__EncodingAesKey', value: '${secret}/dingtalk-encoding-aes-key)' }
        ],
        callsPerMonth == 0 ? [] : [{ name: 'DingTalk__CallsPerMonth', value: string(callsPerMonth) }],
        archiveSettings,
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

  // Who has no token is turned away, except where a signature or a key is the proof. The host's own paths have its own keys.
  resource signIn 'config' = if (!empty(operatorClientId)) {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true }
      globalValidation: {
        requireAuthentication: true
        unauthenticatedClientAction: 'Return401'
        excludedPaths: [
          '/api/dingtalk/events'
          '/api/meetings/ended'
          '/api/health'
          '/api/openapi.json'
          '/admin/*'
          '/runtime/*'
        ]
      }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: operatorClientId
            openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
          }
          validation: { allowedAudiences: [operatorClientId, 'api://${operatorClientId}'] }
        }
      }
      login: { tokenStore: { enabled: false } }
    }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output id string = app.id
output name string = app.name
output uri string = 'https://${app.properties.defaultHostName}'
