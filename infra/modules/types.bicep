metadata description = 'What the parameters look like.'

@export()
@description('How the application proves itself to Partner Center. A client secret is not among them: nothing secret passes through the deployment.')
type signIn = 'federated-identity' | 'client-certificate' | 'app-and-user'

@export()
@description('What the deployment may do at most: nothing, plan, or delete.')
type teardownMode = 'off' | 'dry-run' | 'enforce'

@export()
@description('Which Partner Center: the global one, the one that 21Vianet operates, or the one for the US Government.')
type partnerCenterCloud = 'global' | 'china' | 'us-government'

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
