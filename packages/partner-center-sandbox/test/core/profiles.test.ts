import { describe, expect, test } from 'vitest';
import { byApplication, createStage, type Stage } from '../stage.ts';

const said = ({ status, json }: ReturnType<Stage['call']>) => [status, json['code']];
const read = (stage: Stage, path: string, query: Record<string, string> = {}) =>
  stage.call('GET', path, undefined, { query });

describe('the profile of the partner', () => {
  test.each([
    ['organization', 'OrganizationProfile'],
    ['legalbusiness', 'LegalBusinessProfile'],
    ['billing', 'BillingProfile'],
    ['mpn', 'MpnProfile'],
    ['support', 'SupportProfile'],
  ])('%s is read by a person', (path, objectType) => {
    const stage = createStage();
    const answer = read(stage, `/v1/profiles/${path}`);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      profileType: objectType,
      links: { self: { uri: `/profiles/${path}`, method: 'GET' } },
      attributes: { objectType },
    });
  });

  test('organization says which tenant it is, and its domain is taken', () => {
    const stage = createStage();
    const { json } = read(stage, '/v1/profiles/organization');
    expect(json).toMatchObject({ id: stage.sandbox.tenantId, tenantId: stage.sandbox.tenantId });
    expect(stage.call('HEAD', `/v1/domains/${json['domain']}`).status).toBe(200);
  });

  test('organization does not tell a sandbox from production', () => {
    const [sandbox, production] = [createStage(), createStage({ production: true })].map((stage) =>
      JSON.stringify(read(stage, '/v1/profiles/organization').json),
    );
    expect(sandbox).toBe(production);
    expect(sandbox?.toLowerCase()).not.toContain('sandbox');
  });

  test('mpn is found by its own number and by no other', () => {
    const stage = createStage();
    const { mpnId } = read(stage, '/v1/profiles/mpn').json;
    expect(mpnId).toMatch(/^\d{7}$/);
    expect(read(stage, '/v1/profiles/mpn', { mpnId: String(mpnId) }).json['mpnId']).toBe(mpnId);
    expect(said(read(stage, '/v1/profiles/mpn', { mpnId: '9999999' }))).toEqual([404, '3000']);
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
    const stage = createStage();
    const { path, query } = address(stage, pattern);
    expect(said(stage.call('GET', path, undefined, { ...byApplication(stage), query }))).toEqual([
      403,
      '900329',
    ]);
    expect(read(stage, path, query).status).toBe(200);
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
    const stage = createStage();
    const { path, query } = address(stage, pattern);
    const more = { ...byApplication(stage), query };
    expect(stage.call('GET', path, undefined, more).status).toBe(200);
  });
});

/** The path of something that is there, and its query. */
function address(stage: Stage, pattern: string) {
  const { customerId, purchases } = stage.sandbox.addCustomer({ purchases: [{ kind: 'licence' }] });
  const [ids] = purchases;
  const [path = '', query = ''] = pattern
    .replace(':c', customerId)
    .replace(':o', String(ids?.orderIds[0]))
    .replace(':s', String(ids?.subscriptionIds[0]))
    .split('?');
  return { path, query: Object.fromEntries(new URLSearchParams(query)) };
}
