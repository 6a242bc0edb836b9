using 'main.bicep'

// What `azd env set <name> <value>` gives; docs/deploy.md has the list.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param operatorPrincipalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')

param teardownMode = readEnvironmentVariable('TEARDOWN_MODE', 'dry-run')
param sandboxTenantId = readEnvironmentVariable('SANDBOX_TENANT_ID')
param deniedTenantIds = json(readEnvironmentVariable('DENIED_TENANT_IDS', '[]'))
param protectedCustomers = json(readEnvironmentVariable('PROTECTED_CUSTOMERS', '[]'))

param partnerCenterClientId = readEnvironmentVariable('PARTNER_CENTER_CLIENT_ID')
param partnerCenterCloud = readEnvironmentVariable('PARTNER_CENTER_CLOUD', 'global')
param partnerCenterSignIn = readEnvironmentVariable('PARTNER_CENTER_SIGN_IN', 'federated-identity')

param sweepInclude = json(readEnvironmentVariable('SWEEP_INCLUDE', '[]'))
param sweepSchedule = readEnvironmentVariable('SWEEP_SCHEDULE', '0 0 2 * * *')
param sweepMostCustomers = int(readEnvironmentVariable('SWEEP_MOST_CUSTOMERS', '25'))
param moreSettings = json(readEnvironmentVariable('MORE_SETTINGS', '{}'))

param maximumInstanceCount = int(readEnvironmentVariable('MAXIMUM_INSTANCE_COUNT', '2'))
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param logQuotaGb = int(readEnvironmentVariable('LOG_QUOTA_GB', '1'))
