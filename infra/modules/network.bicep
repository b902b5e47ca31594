// The network of an app that keeps its storage and its secrets off the public one.
param name string
param location string
param tags object
@description('Empty: the app calls out from addresses that change.')
param natGatewayName string

resource address 'Microsoft.Network/publicIPAddresses@2025-01-01' = if (!empty(natGatewayName)) {
  name: natGatewayName
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource gateway 'Microsoft.Network/natGateways@2025-01-01' = if (!empty(natGatewayName)) {
  name: natGatewayName
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIpAddresses: [{ id: address.id }] }
}

resource network 'Microsoft.Network/virtualNetworks@2025-01-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      {
        name: 'app'
        properties: {
          // Flex Consumption takes at most one address for each instance: 60 and the always-ready ones of these 251.
          addressPrefix: '10.0.0.0/24'
          natGateway: empty(natGatewayName) ? null : { id: gateway.id }
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'private-endpoints'
        properties: {
          addressPrefix: '10.0.1.0/24'
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }

  resource app 'subnets' existing = { name: 'app' }

  resource privateEndpoints 'subnets' existing = { name: 'private-endpoints' }
}

output virtualNetworkId string = network.id
output appSubnetId string = network::app.id
output privateEndpointSubnetId string = network::privateEndpoints.id
output outboundAddress string = address.?properties.ipAddress ?? ''
