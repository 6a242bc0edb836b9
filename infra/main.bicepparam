using 'main.bicep'

// What `azd env set <name> <value>` gives, in the form of the app's own settings; docs/deploy.md has the list. An empty
// value counts as none, because a pipeline hands on every variable that it knows of.
@description('off, dry-run or enforce.')
var mode = readEnvironmentVariable('TEARDOWN_MODE', '')

@description('Tenant ids separated by commas.')
var denied = readEnvironmentVariable('DENIED_TENANT_IDS', '')

@description('JSON list of {"customer", "owner", "until"?, "why"?}.')
var protections = readEnvironmentVariable('PROTECTED_CUSTOMERS', '')

@description('global, china or us-government.')
var cloud = readEnvironmentVariable('PARTNER_CENTER_CLOUD', '')

@description('federated-identity, client-certificate or app-and-user.')
var signIn = readEnvironmentVariable('PARTNER_CENTER_SIGN_IN', '')

@description('Customer ids and domain patterns separated by commas.')
var include = readEnvironmentVariable('SWEEP_INCLUDE', '')

@description('Six-field NCRONTAB, UTC.')
var schedule = readEnvironmentVariable('SWEEP_SCHEDULE', '')

@description('0 to 75.')
var maxCustomers = readEnvironmentVariable('SWEEP_MAX_CUSTOMERS', '')

@description('JSON object of further settings of the app, by their names.')
var more = readEnvironmentVariable('MORE_SETTINGS', '')

@description('1 to 1000; below 40 only where the region lets it be.')
var instances = readEnvironmentVariable('MAXIMUM_INSTANCE_COUNT', '')

@description('512 or 2048.')
var memoryMB = readEnvironmentVariable('INSTANCE_MEMORY_MB', '')

@description('The sizes that there are, and what no value counts as: a number read from text could be any.')
var memorySizes = { '': 512, '512': 512, '2048': 2048 }

@description('1 to 100.')
var quotaGb = readEnvironmentVariable('LOG_QUOTA_GB', '')

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param operatorPrincipalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')

param teardownMode = empty(mode) ? 'dry-run' : mode
param sandboxTenantId = readEnvironmentVariable('SANDBOX_TENANT_ID')
param deniedTenantIds = empty(denied) ? [] : split(denied, ',')
param protectedCustomers = json(empty(protections) ? '[]' : protections)

param partnerCenterClientId = readEnvironmentVariable('PARTNER_CENTER_CLIENT_ID')
param partnerCenterCloud = empty(cloud) ? 'global' : cloud
param partnerCenterSignIn = empty(signIn) ? 'federated-identity' : signIn

param sweepInclude = empty(include) ? [] : split(include, ',')
param sweepSchedule = empty(schedule) ? '0 0 2 * * *' : schedule
param sweepMaxCustomers = empty(maxCustomers) ? 25 : int(maxCustomers)
param moreSettings = json(empty(more) ? '{}' : more)

param maximumInstanceCount = empty(instances) ? 40 : int(instances)
param instanceMemoryMB = memorySizes[memoryMB]
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param logQuotaGb = empty(quotaGb) ? 1 : int(quotaGb)
