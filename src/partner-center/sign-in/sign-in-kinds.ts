import type { Operation } from '../../teardown/refusal.ts';
import type { SecretAddress } from './key-vault.ts';

/** How the application proves that it is itself. */
export type AppCredential =
  | { readonly kind: 'client-secret'; readonly clientSecret: string }
  | { readonly kind: 'client-certificate'; readonly certificate: CertificateSource }
  | {
      readonly kind: 'federated-identity';
      /** What the managed identity's token is for. */
      readonly audience: string;
      /** Of a user-assigned identity. */
      readonly identityClientId?: string;
    };

/** Where a certificate and its private key are read from, as PEM. */
export type CertificateSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'key-vault'; readonly secret: SecretAddress };

/** How the app signs in to Partner Center. */
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

/** Calls that Partner Center may refuse to app-only credentials (403/900329), though not always does. */
export const refusedToAppOnly: readonly Operation[] = ['list-entitlements'];

/** What a kind of sign-in may not call; app and user together may call everything. */
export const mayBeRefused = (kind: SignInKind): readonly Operation[] =>
  kind === 'app-and-user' ? [] : refusedToAppOnly;
