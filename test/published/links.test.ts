import { describe, expect, it } from 'vitest';
import { files, text } from '../repository/files.ts';

/** The articles that the source links to; each was checked when it was listed. */
const ARTICLES: readonly string[] = [
  'azure/azure-functions/flex-consumption-plan',
  'azure/azure-monitor/app/data-model-trace-telemetry',
  'azure/azure-resource-manager/management/resource-name-rules',
  'azure/key-vault/general/about-keys-secrets-certificates',
  'azure/service-bus-messaging/service-bus-amqp-protocol-guide',
  'azure/service-bus-messaging/service-bus-quotas',
  'entra/identity-platform/reference-error-codes',
  'entra/identity-platform/refresh-tokens',
  'entra/identity-platform/reply-url',
  'entra/identity/conditional-access/concept-continuous-access-evaluation',
  'entra/workload-id/workload-identity-federation-config-app-trust-managed-identity',
  'partner-center/create-a-new-subscription',
  'partner-center/csp-software-subscriptions',
  'partner-center/developer/activate-sandbox-subscription-azure-marketplace-products',
  'partner-center/developer/api-throttling-guidance',
  'partner-center/developer/azure-purchase-savings-plan',
  'partner-center/developer/cancel-an-azure-marketplace-subscription',
  'partner-center/developer/cancel-an-azure-subscription',
  'partner-center/developer/cancel-an-order-from-the-integration-sandbox',
  'partner-center/developer/cancel-software-purchases',
  'partner-center/developer/create-a-customer',
  'partner-center/developer/create-azure-plan',
  'partner-center/developer/customer-resources',
  'partner-center/developer/delete-a-customer-account-from-the-integration-sandbox',
  'partner-center/developer/deprecate-azure-active-directory-graph-token',
  'partner-center/developer/enable-secure-app-model',
  'partner-center/developer/entitlement-resources',
  'partner-center/developer/error-codes',
  'partner-center/developer/get-a-collection-of-entitlements',
  'partner-center/developer/get-a-list-of-azure-entitlements-for-subscription',
  'partner-center/developer/get-all-of-a-customer-s-orders',
  'partner-center/developer/get-an-organization-profile',
  'partner-center/developer/headers',
  'partner-center/developer/order-resources',
  'partner-center/developer/partner-center-authentication',
  'partner-center/developer/partner-center-rest-resources',
  'partner-center/developer/partner-center-rest-urls',
  'partner-center/developer/pending-po-upload',
  'partner-center/developer/product-resources',
  'partner-center/developer/subscription-resources',
  'partner-center/developer/suspend-a-subscription',
  'partner-center/developer/test-and-debug',
  'partner-center/developer/update-a-subscription-by-id',
  'partner-center/migrate-subscriptions-to-new-commerce',
  'partner-center/new-commerce-cancellation-policy',
  'partner-center/subscription-lifecycle',
];

const LINK = /https?:\/\/(?:docs|learn)\.microsoft\.com\/([^\s),;`]*[^\s),;.`])/g;

/** An article by its name or its title alone, which no one can click. */
const UNLINKED = /\barticles? "?[a-z]+(?:-[a-z]+)+|\b[Ss]ources?: "/;

const sources = await Promise.all(
  files('src/**/*.ts').map(async (path) => [path, await text(path)] as const),
);
const linked = new Set(
  sources.flatMap(([, source]) => [...source.matchAll(LINK)].map(([, article]) => article)),
);

describe('a link of the source to a published article', () => {
  it('leads to an article that is known to exist, in no particular language', () => {
    expect([...linked].filter((article) => !ARTICLES.includes(article ?? ''))).toEqual([]);
  });

  it('is there for every article of the list', () => {
    expect(ARTICLES.filter((article) => !linked.has(article))).toEqual([]);
  });

  it.each(sources)('stands wherever %s names an article', (_path, source) => {
    expect(source).not.toMatch(UNLINKED);
  });
});
