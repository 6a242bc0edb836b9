metadata description = 'The built-in roles that this deployment grants, and nothing above them. Source: "Azure built-in roles".'

@export()
@description('Takes messages from one queue or subscription, its dead letters among them. Microsoft\'s name: Azure Service Bus Data Receiver.')
var serviceBusDataReceiver = '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0'

@export()
@description('Puts messages on one queue or topic. Microsoft\'s name: Azure Service Bus Data Sender.')
var serviceBusDataSender = '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39'

@export()
@description('Reads and writes blobs, and takes the leases by which the host keeps a timer to one instance. Microsoft\'s name: Storage Blob Data Owner.')
var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

@export()
@description('Sends telemetry; cannot read any. Microsoft\'s name: Monitoring Metrics Publisher.')
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

@export()
@description('Reads secrets, for the certificate. Microsoft\'s name: Key Vault Secrets User.')
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

@export()
@description('Reads and writes secrets, for the refresh token that every use renews. Microsoft\'s name: Key Vault Secrets Officer.')
var keyVaultSecretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
