// The pipeline at a glance. infra/workbook.json is its content, with places for the two resources that it asks.
param location string
param tags object
param insightsId string
param serviceBusId string

var content = replace(
  replace(loadTextContent('../workbook.json'), '__INSIGHTS_ID__', insightsId),
  '__SERVICE_BUS_ID__',
  serviceBusId
)

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'pipeline')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Meeting recordings'
    category: 'workbook'
    version: 'Notebook/1.0'
    sourceId: insightsId
    serializedData: content
  }
}

output id string = workbook.id
