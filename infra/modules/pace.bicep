metadata description = 'How 500 requests a minute are shared out. The derivation: infra/README.md, "Scale".'

@description('Requests a minute that Partner Center allows a tenant. Source: "API throttling guidance".')
var tenantBudget = 500

@export()
@description('Requests a minute of each instance, so that all instances together keep to the budget: those of cancelOrders, those of deleteCustomer, and the one of nightlySweep, which a lease keeps to one.')
func requestsPerMinute(maximumInstanceCount int) int => tenantBudget / (2 * maximumInstanceCount + 1)
