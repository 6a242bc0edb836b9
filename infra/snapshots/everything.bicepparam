using '../main.bicep'

// What `azd up` makes when every parameter is set.
param environmentName = 'snapshot'
param location = 'chinanorth3'
param operatorPrincipalId = '33333333-3333-3333-3333-333333333333'

param teardownMode = 'enforce'
param sandboxTenantId = '11111111-1111-1111-1111-111111111111'
param deniedTenantIds = ['44444444-4444-4444-4444-444444444444', '55555555-5555-5555-5555-555555555555']
param protectedCustomers = [
  { customer: '*.keep.onmicrosoft.com', owner: 'somebody@contoso.com', until: '2027-01-31', why: 'a demonstration' }
]

param partnerCenterClientId = '22222222-2222-2222-2222-222222222222'
param partnerCenterCloud = 'china'
param partnerCenterSignIn = 'app-and-user'

param sweepInclude = ['*.onmicrosoft.com']
param sweepSchedule = '0 30 1 * * *'
param sweepMaxCustomers = 75
param moreSettings = {
  PARTNER_CENTER_REQUESTS_PER_MINUTE: '300'
  SANDBOX_DOMAIN: 'sandbox.partner.onmschina.cn'
  SWEEP_GRACE: 'PT12H'
  SWEEP_MAX_PAST_DUE: 'PT2H'
  SWEEP_MIN_IDLE: 'P1D'
  TEARDOWN_DEADLINE: 'PT48H'
}

param maximumInstanceCount = 100
param instanceMemoryMB = 2048
param alertEmail = 'somebody@contoso.com'
param logQuotaGb = 2
