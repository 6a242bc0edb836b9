import type { SecretAddress } from './key-vault.ts';
import type { Network } from './network.ts';
import type { AccessToken } from './token.ts';

/**
 * Requests a new token over this network, without any cache.
 *
 * @throws Error where none is given
 */
export type SignInRequest = (by?: Network) => Promise<AccessToken>;

/** How the application proves its identity. */
export type AppCredential =
  | { readonly kind: 'client-secret'; readonly clientSecret: string }
  | { readonly kind: 'client-certificate'; readonly certificate: CertificateSource }
  | {
      readonly kind: 'federated-identity';
      /** The audience of the managed identity's token. */
      readonly audience: string;
      /** The client id of a user-assigned identity. */
      readonly identityClientId?: string;
    };

/** Where a certificate and its private key are read from, as PEM. */
export type CertificateSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'key-vault'; readonly secret: SecretAddress };

/**
 * How the app signs in to Partner Center. Alone (app-only) it may make every call of a teardown but one:
 * https://learn.microsoft.com/partner-center/developer/get-a-collection-of-entitlements requires App+User, and may
 * answer app-only with 403/900329. App and user together may make every call, and then the person's roles count.
 */
export type SignIn =
  | AppCredential
  | {
      readonly kind: 'app-and-user';
      readonly credential: AppCredential;
      readonly refreshToken: SecretAddress;
    };

export type SignInKind = SignIn['kind'];

export const signInKinds = [
  'client-secret',
  'client-certificate',
  'federated-identity',
  'app-and-user',
] as const satisfies readonly SignInKind[];
