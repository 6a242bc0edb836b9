import * as v from 'valibot';
import type { SecretAddress } from '../partner-center/auth/key-vault.ts';
import {
  type AppCredential,
  type SignIn,
  type SignInKind,
  signInKinds,
} from '../partner-center/auth/sign-in-kinds.ts';
import { type CloudName, clouds } from '../partner-center/clouds.ts';
import { keepForGood } from '../redaction/known-secrets.ts';
import { defined } from '../shared/defined.ts';
import { objectionToCertificateFile } from './certificate-file.ts';
import { secretAddress } from './key-vault-secret.ts';
import { guid, oneOf } from './validators.ts';

const given = v.optional(v.pipe(v.string(), v.trim()));

/**
 * How the app signs in. By itself: `client-secret`, `client-certificate` (from a file or a Key Vault), or
 * `federated-identity` (a managed identity's token, without any secret). On behalf of a person: `app-and-user` (a
 * refresh token in a Key Vault); the application then proves itself by the secret or the certificate that is set, or
 * else by its managed identity.
 */
export const signInEntries = {
  PARTNER_CENTER_SIGN_IN: v.optional(oneOf('PARTNER_CENTER_SIGN_IN', signInKinds), 'client-secret'),
  PARTNER_CENTER_CLIENT_SECRET: given,
  PARTNER_CENTER_CERTIFICATE_FILE: given,
  PARTNER_CENTER_CERTIFICATE_SECRET: given,
  PARTNER_CENTER_REFRESH_TOKEN_SECRET: given,
  PARTNER_CENTER_IDENTITY_CLIENT_ID: v.optional(
    guid(
      'PARTNER_CENTER_IDENTITY_CLIENT_ID',
      'the client id of a user-assigned managed identity, a GUID',
    ),
  ),
};

const entriesSchema = v.object(signInEntries);
type Values = v.InferOutput<typeof entriesSchema>;

/** The settings by which the application proves itself. */
const CREDENTIALS = [
  'PARTNER_CENTER_CLIENT_SECRET',
  'PARTNER_CENTER_CERTIFICATE_FILE',
  'PARTNER_CENTER_CERTIFICATE_SECRET',
] as const;

const NAMES = [
  ...CREDENTIALS,
  'PARTNER_CENTER_REFRESH_TOKEN_SECRET',
  'PARTNER_CENTER_IDENTITY_CLIENT_ID',
] as const;

type Name = (typeof NAMES)[number];

/** The settings that each sign-in uses; any other is rejected. */
const takes: Readonly<Record<SignInKind, readonly Name[]>> = {
  'client-secret': ['PARTNER_CENTER_CLIENT_SECRET'],
  'client-certificate': [
    'PARTNER_CENTER_CERTIFICATE_FILE',
    'PARTNER_CENTER_CERTIFICATE_SECRET',
    'PARTNER_CENTER_IDENTITY_CLIENT_ID',
  ],
  'federated-identity': ['PARTNER_CENTER_IDENTITY_CLIENT_ID'],
  'app-and-user': NAMES,
};

/** Reads the configured sign-in, or says what is wrong with it first. */
export function readSignIn(values: Values, cloud: CloudName): SignIn | string {
  keepForGood(values.PARTNER_CENTER_CLIENT_SECRET);
  const objection = objectionTo(values);
  if (objection !== undefined) return objection;
  return values.PARTNER_CENTER_SIGN_IN === 'app-and-user'
    ? appAndUser(values, cloud)
    : appCredential(values, cloud);
}

/** What is missing, or must not be set together. */
function objectionTo(values: Values): string | undefined {
  const kind = values.PARTNER_CENTER_SIGN_IN;
  const isSet = (name: Name) => values[name] !== undefined;
  const foreign = NAMES.find((name) => isSet(name) && !takes[kind].includes(name));
  if (foreign !== undefined) {
    return `${foreign} has no effect with PARTNER_CENTER_SIGN_IN "${kind}"; remove it, or choose another sign-in.`;
  }
  const [first, second] = CREDENTIALS.filter(isSet);
  if (second !== undefined) return `${first} and ${second} are both set; keep one of them.`;
  if (kind === 'client-secret' && first === undefined) {
    return "PARTNER_CENTER_CLIENT_SECRET is missing; it must be the application's secret (or choose another PARTNER_CENTER_SIGN_IN).";
  }
  if (kind === 'client-certificate' && first === undefined) {
    return 'PARTNER_CENTER_CERTIFICATE_FILE or PARTNER_CENTER_CERTIFICATE_SECRET is missing; one of them must say where the certificate is.';
  }
  const fromFile = kind === 'client-certificate' && first === 'PARTNER_CENTER_CERTIFICATE_FILE';
  return fromFile && isSet('PARTNER_CENTER_IDENTITY_CLIENT_ID')
    ? 'PARTNER_CENTER_IDENTITY_CLIENT_ID has no effect with PARTNER_CENTER_CERTIFICATE_FILE; remove it.'
    : undefined;
}

function appAndUser(values: Values, cloud: CloudName): SignIn | string {
  const place = values.PARTNER_CENTER_REFRESH_TOKEN_SECRET;
  if (place === undefined) {
    return 'PARTNER_CENTER_REFRESH_TOKEN_SECRET is missing; it must be the address of the Key Vault secret that keeps the refresh token.';
  }
  const refreshToken = ofIdentity(
    secretAddress('PARTNER_CENTER_REFRESH_TOKEN_SECRET', place, cloud),
    values,
  );
  if (typeof refreshToken === 'string') return refreshToken;
  const credential = appCredential(values, cloud);
  if (typeof credential === 'string') return credential;
  return isSameSecret(credential, refreshToken)
    ? 'PARTNER_CENTER_CERTIFICATE_SECRET and PARTNER_CENTER_REFRESH_TOKEN_SECRET are the same secret; the refresh token would be written over the certificate.'
    : { kind: 'app-and-user', credential, refreshToken };
}

/** A Key Vault ignores the case of names. */
function isSameSecret(credential: AppCredential, { vaultUrl, name }: SecretAddress): boolean {
  if (credential.kind !== 'client-certificate') return false;
  const { certificate } = credential;
  return (
    certificate.kind === 'key-vault' &&
    certificate.secret.vaultUrl === vaultUrl &&
    certificate.secret.name.toLowerCase() === name.toLowerCase()
  );
}

/** The credential that is set; the managed identity where none is. */
function appCredential(values: Values, cloud: CloudName): AppCredential | string {
  const {
    PARTNER_CENTER_CLIENT_SECRET: clientSecret,
    PARTNER_CENTER_CERTIFICATE_FILE: path,
    PARTNER_CENTER_CERTIFICATE_SECRET: place,
    PARTNER_CENTER_IDENTITY_CLIENT_ID: identityClientId,
  } = values;
  if (clientSecret !== undefined) return { kind: 'client-secret', clientSecret };
  if (path !== undefined) {
    const objection = objectionToCertificateFile(path);
    return objection ?? { kind: 'client-certificate', certificate: { kind: 'file', path } };
  }
  if (place !== undefined) {
    const address = secretAddress('PARTNER_CENTER_CERTIFICATE_SECRET', place, cloud);
    const secret = ofIdentity(address, values);
    if (typeof secret === 'string') return secret;
    return { kind: 'client-certificate', certificate: { kind: 'key-vault', secret } };
  }
  const audience = clouds[cloud].tokenExchangeAudience;
  return defined({ kind: 'federated-identity', audience, identityClientId });
}

function ofIdentity(address: SecretAddress | string, values: Values): SecretAddress | string {
  const identityClientId = values.PARTNER_CENTER_IDENTITY_CLIENT_ID;
  if (typeof address === 'string' || identityClientId === undefined) return address;
  return { ...address, identityClientId };
}
