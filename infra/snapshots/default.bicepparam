using '../main.bicep'

// What `azd up` makes when only what has no default is set.
param environmentName = 'snapshot'
param location = 'westeurope'
param sandboxTenantId = '11111111-1111-1111-1111-111111111111'
param partnerCenterClientId = '22222222-2222-2222-2222-222222222222'
