import { describe, expect, it } from 'vitest';
import { PartnerCenterError } from '../../../src/teardown/model/partner-center-error.ts';
import { applicationCertificate, signInHarness } from './sign-in-harness.ts';

const { certificate, pem } = await applicationCertificate();

const kinds = [
  'client-secret',
  'client-certificate',
  'federated-identity',
  'app-and-user',
] as const;

describe('each way to sign in', () => {
  it.each(kinds)(
    '%s may make every call of a teardown, app-only without entitlements and the organisation',
    async (kind) => {
      const { signIns, client, server, vault, keep } = await signInHarness({
        certificates: [certificate],
        refuseEntitlementsToAppOnly: true,
      });
      vault.put('certificate', pem);
      keep(server.login.issueRefreshToken());
      const { clientSecret, federatedIdentity, appAndUser } = signIns;
      const signIn = {
        'client-secret': clientSecret,
        'client-certificate': signIns.certificateSecret('certificate'),
        'federated-identity': federatedIdentity,
        'app-and-user': appAndUser,
      }[kind];
      const { customerId } = server.sandbox.addCustomer({ purchases: [] });
      const partnerCenter = client(signIn);
      const refused: string[] = [];
      const call = async (request: Promise<unknown>) => {
        try {
          await request;
        } catch (error) {
          if (!(error instanceof PartnerCenterError)) throw error;
          refused.push(error.response.operation);
        }
      };
      await call(partnerCenter.signedInTenant());
      await call(partnerCenter.organizationDomain());
      await call(partnerCenter.listCustomers(75));
      await call(partnerCenter.getCustomer(customerId));
      await call(partnerCenter.listEntitlements(customerId));
      await call(partnerCenter.listOrders(customerId));
      await call(partnerCenter.listSubscriptions(customerId));
      await call(partnerCenter.deleteCustomer(customerId));
      expect(refused).toEqual(
        kind === 'app-and-user' ? [] : ['get-organization-profile', 'list-entitlements'],
      );
    },
  );

  it('by app and user reads the domain of the organisation', async () => {
    const { signIns, client, server, keep } = await signInHarness();
    keep(server.login.issueRefreshToken());
    const domain = await client(signIns.appAndUser).organizationDomain();
    expect(domain).toBe(`partner${server.tenantId.slice(0, 8)}.onmicrosoft.com`);
  });
});
