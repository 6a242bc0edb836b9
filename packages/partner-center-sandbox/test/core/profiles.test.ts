import { describe, expect, test } from 'vitest';
import { byApplication, createFixture, type Fixture } from '../fixture.ts';

const said = ({ status, json }: ReturnType<Fixture['call']>) => [status, json['code']];
const read = (fixture: Fixture, path: string, query: Record<string, string> = {}) =>
  fixture.call('GET', path, undefined, { query });

describe('the profile of the partner', () => {
  test.each([
    ['organization', 'OrganizationProfile'],
    ['legalbusiness', 'LegalBusinessProfile'],
    ['billing', 'BillingProfile'],
    ['mpn', 'MpnProfile'],
    ['support', 'SupportProfile'],
  ])('%s is read by a person', (path, objectType) => {
    const fixture = createFixture();
    const answer = read(fixture, `/v1/profiles/${path}`);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      profileType: objectType,
      links: { self: { uri: `/profiles/${path}`, method: 'GET' } },
      attributes: { objectType },
    });
  });

  test('organization says which tenant it is, and its domain is taken', () => {
    const fixture = createFixture();
    const { json } = read(fixture, '/v1/profiles/organization');
    expect(json).toMatchObject({
      id: fixture.sandbox.tenantId,
      tenantId: fixture.sandbox.tenantId,
    });
    expect(fixture.call('HEAD', `/v1/domains/${json['domain']}`).status).toBe(200);
  });

  test('organization does not distinguish a sandbox from production', () => {
    const [sandbox, production] = [createFixture(), createFixture({ production: true })].map(
      (fixture) => JSON.stringify(read(fixture, '/v1/profiles/organization').json),
    );
    expect(sandbox).toBe(production);
    expect(sandbox?.toLowerCase()).not.toContain('sandbox');
  });

  test('mpn is found by its own number and by no other', () => {
    const fixture = createFixture();
    const { mpnId } = read(fixture, '/v1/profiles/mpn').json;
    expect(mpnId).toMatch(/^\d{7}$/);
    expect(read(fixture, '/v1/profiles/mpn', { mpnId: String(mpnId) }).json['mpnId']).toBe(mpnId);
    expect(said(read(fixture, '/v1/profiles/mpn', { mpnId: '9999999' }))).toEqual([404, '3000']);
  });
});

describe('an application by itself', () => {
  test.each([
    '/v1/profiles/organization',
    '/v1/profiles/billing',
    '/v1/profiles/mpn',
    '/v1/profiles/support',
    '/v1/customers/relationshiprequests',
    '/v1/customers/:c/profiles/company',
    '/v1/customers/:c/validationStatus?type=account',
    '/v1/customers/:c/managedservices',
    '/v1/customers/:c/relationships',
    '/v1/customers/:c/orders/:o/provisioningstatus',
    '/v1/customers/:c/subscriptions/:s/provisioningstatus',
    '/v1/customers/:c/subscriptions/:s/supportcontact',
    '/v1/customers/:c/subscriptions/:s/conversions',
  ])('is refused %s, which takes a person', (pattern) => {
    const fixture = createFixture();
    const { path, query } = address(fixture, pattern);
    expect(
      said(fixture.call('GET', path, undefined, { ...byApplication(fixture), query })),
    ).toEqual([403, '900329']);
    expect(read(fixture, path, query).status).toBe(200);
  });

  test.each([
    '/v1/profiles/legalbusiness',
    '/v1/customers/:c',
    '/v1/customers/:c/profiles/billing',
    '/v1/customers/:c/qualifications',
    '/v1/customers/:c/orders/:o/activationlinks',
    '/v1/customers/:c/subscriptions/overage',
    '/v1/customers/:c/subscriptions/:s/addons',
    '/v1/customers/:c/subscriptions/:s/registrationstatus',
    '/v1/customers/:c/subscriptions/:s/upgrades',
    '/v1/customers/:c/subscriptions/:s/transitions',
    '/v1/customers/:c/subscriptions/:s/transitioneligibilities',
  ])('may read %s', (pattern) => {
    const fixture = createFixture();
    const { path, query } = address(fixture, pattern);
    const more = { ...byApplication(fixture), query };
    expect(fixture.call('GET', path, undefined, more).status).toBe(200);
  });
});

/** The path of something that is there, and its query. */
function address(fixture: Fixture, pattern: string) {
  const { customerId, purchases } = fixture.sandbox.addCustomer({
    purchases: [{ kind: 'licence' }],
  });
  const [ids] = purchases;
  const [path = '', query = ''] = pattern
    .replace(':c', customerId)
    .replace(':o', String(ids?.orderIds[0]))
    .replace(':s', String(ids?.subscriptionIds[0]))
    .split('?');
  return { path, query: Object.fromEntries(new URLSearchParams(query)) };
}
