using '../main.bicep'

// What `azd up` makes with a certificate, and a sweep on work days only.
param environmentName = 'snapshot'
param location = 'westeurope'

param sandboxTenantId = '11111111-1111-1111-1111-111111111111'
param partnerCenterClientId = '22222222-2222-2222-2222-222222222222'
param partnerCenterSignIn = 'client-certificate'

param sweepInclude = ['*.onmicrosoft.com']
param sweepSchedule = '0 0 2 * * 1-5'
