import { json, link, type Reply, refuse } from './answer.ts';
import { etagOf } from './identifiers.ts';
import type { Operation } from './routes.ts';

/** The partner's own profiles: article profile-resources. All that distinguishes one partner from another is its tenant. */

const COMPANY = 'Simulated partner';
const ADDRESS = {
  country: 'US',
  city: 'Redmond',
  state: 'WA',
  addressLine1: '1 Microsoft Way',
  addressLine2: '',
  postalCode: '98052',
};
const CONTACT = { firstName: 'Sim', lastName: 'Partner', phoneNumber: '4255550100' };
const MPN_ID_LENGTH = 7;

export const partnerDomain = (tenantId: string) =>
  `partner${tenantId.slice(0, 8)}.onmicrosoft.com`.toLowerCase();

/** The partner's number in Microsoft's partner programme, made of its tenant. */
export const mpnIdOf = (tenantId: string) =>
  String(Number.parseInt(tenantId.slice(0, 5), 16) || 1).padStart(MPN_ID_LENGTH, '4');

const profile = (path: string, profileType: string, more: object = {}) => ({
  profileType,
  links: { self: link(`/profiles/${path}`) },
  attributes: { ...more, objectType: profileType },
});

/** `undefined` if the operation asks for no profile of the partner. */
export function partnerProfile(
  operation: Operation,
  query: ReadonlyMap<string, string>,
  tenantId: string,
): Reply | undefined {
  switch (operation) {
    case 'get-organization-profile':
      return json(organizationProfile(tenantId));
    case 'get-legal-business-profile':
      return json(legalBusinessProfile(tenantId));
    case 'get-billing-profile':
      return json(billingProfile(tenantId));
    case 'get-mpn-profile':
      return mpnProfile(query.get('mpnid') ?? mpnIdOf(tenantId), tenantId);
    case 'get-support-profile':
      return json(supportProfile(tenantId));
    case 'get-relationship-request':
      return json(relationshipRequest(tenantId));
    default:
      return undefined;
  }
}

const etag = (tenantId: string) => ({ etag: etagOf({ id: tenantId, version: 1 }, 0) });
const emailOf = (tenantId: string) => `partner@${partnerDomain(tenantId)}`;

/** Article get-an-organization-profile. */
const organizationProfile = (tenantId: string) => ({
  id: tenantId,
  companyName: COMPANY,
  defaultAddress: { ...ADDRESS, ...CONTACT },
  tenantId,
  domain: partnerDomain(tenantId),
  email: emailOf(tenantId),
  language: 'en',
  culture: 'en-US',
  ...profile('organization', 'OrganizationProfile', etag(tenantId)),
});

/** Article get-legal-business-profile; both vetting versions are the same (INFERRED). */
const legalBusinessProfile = (tenantId: string) => ({
  companyName: COMPANY,
  address: { ...ADDRESS, ...CONTACT },
  primaryContact: { ...CONTACT, email: emailOf(tenantId) },
  companyApproverAddress: ADDRESS,
  companyApproverEmail: emailOf(tenantId),
  vettingStatus: 'authorized',
  vettingSubStatus: 'none',
  ...profile('legalbusiness', 'LegalBusinessProfile'),
});

/** Article get-partner-billing-profile. */
const billingProfile = (tenantId: string) => ({
  companyName: COMPANY,
  address: ADDRESS,
  primaryContact: CONTACT,
  purchaseOrderNumber: '1',
  taxId: '12-345678',
  billingCurrency: 'USD',
  ...profile('billing', 'BillingProfile', etag(tenantId)),
});

/** Article get-partner-by-mpn-id, refusal and its code included; it knows this partner only. */
function mpnProfile(mpnId: string, tenantId: string): Reply {
  if (mpnId !== mpnIdOf(tenantId)) {
    const text = `Partner Organization with partner_id ${mpnId} could not be found`;
    return refuse(404, '3000', text, []);
  }
  return json({ partnerName: COMPANY, mpnId, ...profile('mpn', 'MpnProfile') });
}

/** Article get-support-profile. */
const supportProfile = (tenantId: string) => ({
  email: emailOf(tenantId),
  telephone: CONTACT.phoneNumber,
  website: partnerDomain(tenantId),
  ...profile('support', 'SupportProfile'),
});

/** Article request-reseller-relationship. */
const relationshipRequest = (tenantId: string) => ({
  url: `https://admin.simulated.invalid/Adminportal/Home?invType=ResellerRelationship&partnerId=${tenantId}`,
  attributes: { objectType: 'RelationshipRequest' },
});
