// The network of an app that keeps its storage and its secrets off the public one.
param name string
param location string
param tags object

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      {
        name: 'app'
        properties: {
          // Flex Consumption takes at most one address for each instance: 40 of these 251.
          addressPrefix: '10.0.0.0/24'
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
