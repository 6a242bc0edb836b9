import type { SandboxSettings } from '../core/settings.ts';
import { type DecodedToken, decodeToken, isSignedBy } from './jwt.ts';
import { type LoginAnswer, refuseLogin } from './login-answer.ts';
import type { FederatedCredential, Registration } from './registration.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What the token of a federated identity must be for (article "Configure an application to trust a managed identity"). */
export const tokenExchangeAudiences: Readonly<Record<SandboxSettings['cloud'], string>> = {
  global: 'api://AzureADTokenExchange',
  china: 'api://AzureADTokenExchangeChina',
  'us-government': 'api://AzureADTokenExchangeUSGov',
};

export interface ClientCheck {
  readonly registration: Registration;
  /** Addresses that an assertion may name as its audience. */
  readonly audiences: readonly string[];
  /** What the token of a federated identity must name as its audience. */
  readonly tokenExchangeAudience: string;
  readonly nowMs: number;
}

/** Checks who the client says it is; a refusal unless it proves it with its secret or an assertion. */
export function authenticateClient(
  form: URLSearchParams,
  check: ClientCheck,
): LoginAnswer | undefined {
  const unknown = knowClient(form, check.registration);
  if (unknown !== undefined) return unknown;
  const assertion = form.get('client_assertion');
  if (assertion !== null) return checkAssertion(form, assertion, check);
  const secret = form.get('client_secret');
  if (secret === null) {
    return refuseLogin(
      401,
      'invalid_client',
      7000218,
      "The request body must contain 'client_assertion' or 'client_secret'.",
    );
  }
  return secret === check.registration.clientSecret
    ? undefined
    : refuseLogin(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
}

/** Checks the client's id only, as for public clients. */
export function knowClient(
  form: URLSearchParams,
  { clientId }: Registration,
): LoginAnswer | undefined {
  const named = form.get('client_id');
  if (named?.toLowerCase() === clientId.toLowerCase()) return undefined;
  return refuseLogin(
    400,
    'unauthorized_client',
    700016,
    `Application with identifier '${named ?? ''}' was not found in the directory.`,
  );
}

function checkAssertion(
  form: URLSearchParams,
  assertion: string,
  check: ClientCheck,
): LoginAnswer | undefined {
  const refused = (number: number, text: string) =>
    refuseLogin(401, 'invalid_client', number, text);
  if (form.get('client_assertion_type') !== ASSERTION_TYPE) {
    return refused(700021, 'Client assertion type is not supported.');
  }
  const token = decodeToken(assertion);
  if (token === undefined) return refused(50027, 'The client assertion is no JWT.');
  const expiresAtMs = Number(token.claims['exp']) * 1_000;
  if (!(expiresAtMs > check.nowMs)) {
    return refused(700024, 'Client assertion is not within its valid time range.');
  }
  const { clientId, certificates = [], federatedCredentials = [] } = check.registration;
  const own = token.claims['iss'] === clientId && token.claims['sub'] === clientId;
  if (own) return checkCertificate(token, certificates, check.audiences, refused);
  return federatedCredentials.some((credential) =>
    isFederated(token, credential, check.tokenExchangeAudience),
  )
    ? undefined
    : refused(70021, 'No matching federated identity record found for presented assertion.');
}

function checkCertificate(
  token: DecodedToken,
  certificates: readonly string[],
  audiences: readonly string[],
  refused: (number: number, text: string) => LoginAnswer,
): LoginAnswer | undefined {
  if (!audiences.includes(String(token.claims['aud']))) {
    return refused(700023, 'Client assertion audience claim does not match Realm issuer.');
  }
  return certificates.some((certificate) => isSignedBy(token, certificate))
    ? undefined
    : refused(700027, 'The certificate used to sign the client assertion is not registered.');
}

function isFederated(
  token: DecodedToken,
  credential: FederatedCredential,
  audience: string,
): boolean {
  const { iss, sub, aud } = token.claims;
  return (
    iss === credential.issuer &&
    sub === credential.subject &&
    aud === audience &&
    (credential.publicKeyPem === undefined || isSignedBy(token, credential.publicKeyPem))
  );
}
