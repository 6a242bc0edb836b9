metadata description = 'What the parameters look like.'

@export()
@description('How the application proves itself to Partner Center. A client secret is not among them: nothing secret passes through the deployment.')
type signIn = 'federated-identity' | 'client-certificate' | 'app-and-user'

@export()
@description('What the deployment may do at most: nothing, plan, or delete.')
type teardownMode = 'off' | 'dry-run' | 'enforce'

@export()
@description('A customer that is never touched.')
@sealed()
type protection = {
  @description('Customer tenant id, or a domain pattern with *.')
  customer: string

  @description('Whom to ask about it.')
  owner: string

  @description('Last day of the protection (UTC), such as 2027-01-31; without it there is no end.')
  until: string?

  @description('Why it is protected.')
  why: string?
}

@export()
@description('Tags on every resource.')
type tags = {
  @description('Name and value.')
  *: string
}

@export()
@description('The settings of the app that have no parameter of their own, by their names; what they mean: README, "Settings". No other is taken: a secret would stand in the history of deployments, and the alerts reckon with the schedule of the dead letters.')
@sealed()
type moreSettings = {
  @description('Longest wait for one answer.')
  PARTNER_CENTER_TIMEOUT: string?

  @description('Requests a minute that the app plans with, of the 500 of its tenant: fewer where other clients need some.')
  PARTNER_CENTER_REQUESTS_PER_MINUTE: string?

  @description('Address of the certificate in a Key Vault, which proves the application with app-and-user.')
  PARTNER_CENTER_CERTIFICATE_SECRET: string?

  @description('Domain of the sandbox account, compared with its organisation profile; with app-and-user only.')
  SANDBOX_DOMAIN: string?

  @description('Before the first check.')
  CHECK_FIRST_DELAY: string?

  @description('Delays grow up to this.')
  CHECK_MAX_DELAY: string?

  @description('Each delay is this many times the one before.')
  CHECK_DELAY_MULTIPLIER: string?

  @description('Share by which a delay varies.')
  CHECK_DELAY_JITTER: string?

  @description('Checks after which a teardown is parked.')
  TEARDOWN_MAX_CHECKS: string?

  @description('Age at which a teardown is parked.')
  TEARDOWN_DEADLINE: string?

  @description('From the announcement of a sweep to its first request.')
  SWEEP_GRACE: string?

  @description('What a sweep asks for is skipped where something is newer than this.')
  SWEEP_MIN_IDLE: string?

  @description('Later than this after its time a sweep requests nothing.')
  SWEEP_MAX_PAST_DUE: string?

  @description('Sweep only when fewer of the 75 slots are free.')
  SWEEP_BELOW_FREE_SLOTS: string?
}

@export()
@description('Settings of the app by their names.')
type appSettings = {
  @description('Name and value; durations are ISO 8601.')
  *: string
}

@export()
@description('What an application has to trust, so that an identity may stand for it.')
type federatedCredential = {
  @description('Name of the credential on the application.')
  name: string

  @description('Who vouches for the identity.')
  issuer: string

  @description('Object id of the identity.')
  subject: string

  @description('What its tokens are for.')
  audiences: string[]
}

@export()
@description('A subscription and its topic.')
type topicSubscription = {
  @description('Name of the topic.')
  topic: string

  @description('Name of the subscription.')
  name: string
}
