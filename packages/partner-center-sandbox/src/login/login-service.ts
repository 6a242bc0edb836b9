import { audienceIn, type Caller } from '../core/caller.ts';
import type { Random } from '../core/random.ts';
import type { SandboxSettings } from '../core/settings.ts';
import { audienceOf } from './audience.ts';
import { AuthorizationCodes } from './authorization-codes.ts';
import { authenticateClient, knowClient, tokenExchangeAudiences } from './client-authentication.ts';
import { DeviceCodes } from './device-codes.ts';
import { type LoginAnswer, refuseLogin } from './login-answer.ts';
import type { Registration } from './registration.ts';
import { tokenBody } from './token-body.ts';
import {
  ACCESS_TOKEN_SECONDS,
  callerOf,
  createAccessToken,
  createRefreshToken,
  isExpired,
  readToken,
  type TokenMaker,
  type User,
} from './tokens.ts';

export interface LoginOptions {
  readonly registration: Registration;
  readonly nowMs: () => number;
  readonly random: Random;
  /** Where it pretends to be, which may change while it runs. Default the global cloud. */
  readonly cloud?: () => SandboxSettings['cloud'];
  /** Default 3600. */
  readonly tokenLifetimeSeconds?: number;
}

export interface LoginRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  /** Where the endpoint is reached, without a slash at the end. */
  readonly baseUrl: string;
}

const KEY_LENGTH = 64;
const KEY_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Names that stand for any tenant, for sign-ins of users. */
const ANY_TENANT = new Set(['common', 'organizations']);

/**
 * The login endpoint as a synchronous core: OpenID configuration, tokens for client credentials (secret or assertion),
 * refresh tokens, device codes and authorization codes. Every sign-in of a user succeeds at once.
 */
export class LoginService {
  readonly devices: DeviceCodes;
  readonly #options: LoginOptions;
  readonly #key: string;
  readonly #codes: AuthorizationCodes;

  constructor(options: LoginOptions) {
    this.#options = options;
    this.#key = options.random.text(KEY_LENGTH, KEY_ALPHABET);
    this.#codes = new AuthorizationCodes(this.#key, options.random);
    this.devices = new DeviceCodes(options.random);
  }

  /** Who calls the API with this `Authorization` header; `undefined` if it is not known. */
  callerOf(authorization: string | undefined): Caller | undefined {
    return callerOf(authorization, this.#key);
  }

  /** A refresh token as the one-time consent gives it. */
  issueRefreshToken(user: User = { mfa: true }): string {
    return createRefreshToken(this.#maker(''), user);
  }

  handle(request: LoginRequest): LoginAnswer {
    const [, tenant = '', ...rest] = request.path.split('/');
    const { tenantId } = this.#options.registration;
    if (tenant.toLowerCase() !== tenantId && !ANY_TENANT.has(tenant)) {
      return refuseLogin(400, 'invalid_request', 90002, `Tenant '${tenant}' not found.`);
    }
    switch (`${request.method} ${rest.join('/')}`) {
      case 'GET v2.0/.well-known/openid-configuration':
      case 'GET .well-known/openid-configuration':
        return { status: 200, body: this.#configuration(request.baseUrl, tenant) };
      case 'GET discovery/v2.0/keys':
        return { status: 200, body: { keys: [] } };
      case 'GET oauth2/authorize':
      case 'GET oauth2/v2.0/authorize':
        return (
          knowClient(request.query, this.#options.registration) ??
          this.#codes.authorize(request.query, this.#options.nowMs())
        );
      case 'POST oauth2/devicecode':
      case 'POST oauth2/v2.0/devicecode':
        return this.#deviceCode(request);
      case 'POST oauth2/token':
        return this.#token(request, tenant, true);
      case 'POST oauth2/v2.0/token':
        return this.#token(request, tenant, false);
      default:
        return refuseLogin(404, 'invalid_request', 900561, 'There is no such endpoint.');
    }
  }

  get #cloud(): SandboxSettings['cloud'] {
    return this.#options.cloud?.() ?? 'global';
  }

  #configuration(baseUrl: string, tenant: string) {
    const root = `${baseUrl}/${tenant}`;
    return {
      issuer: `${root}/v2.0`,
      authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
      token_endpoint: `${root}/oauth2/v2.0/token`,
      device_authorization_endpoint: `${root}/oauth2/v2.0/devicecode`,
      jwks_uri: `${root}/discovery/v2.0/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
    };
  }

  #maker(baseUrl: string): TokenMaker {
    const { tenantId, clientId } = this.#options.registration;
    return {
      tenantId,
      clientId,
      issuer: `${baseUrl}/${tenantId}/`,
      key: this.#key,
      nowMs: this.#options.nowMs(),
      lifetimeSeconds: this.#options.tokenLifetimeSeconds ?? ACCESS_TOKEN_SECONDS,
      createId: () => this.#options.random.guid(),
    };
  }

  #token(request: LoginRequest, tenant: string, versionOne: boolean): LoginAnswer {
    const granted = this.#grant(request, tenant);
    if ('status' in granted) return granted;
    const audience = audienceOf(request.form, audienceIn(this.#cloud), granted.user !== undefined);
    if (typeof audience !== 'string') return audience;
    const maker = this.#maker(request.baseUrl);
    const token = createAccessToken(maker, audience, granted.user);
    const user =
      granted.user === undefined
        ? {}
        : {
            scope: 'user_impersonation',
            refresh_token: createRefreshToken(maker, granted.user),
          };
    return { status: 200, body: tokenBody(token, audience, maker, user, versionOne) };
  }

  /** What was proven: a user's sign-in, or only the application's; or a refusal. */
  #grant(request: LoginRequest, tenant: string): Grant | LoginAnswer {
    const { form, baseUrl } = request;
    const { registration, nowMs } = this.#options;
    const grantType = form.get('grant_type');
    const root = `${baseUrl}/${tenant}`;
    const refused = mayBePublic(form)
      ? knowClient(form, registration)
      : authenticateClient(form, {
          registration,
          audiences: [`${root}/oauth2/token`, `${root}/oauth2/v2.0/token`, `${root}/v2.0`],
          tokenExchangeAudience: tokenExchangeAudiences[this.#cloud],
          nowMs: nowMs(),
        });
    if (refused !== undefined) return refused;
    switch (grantType) {
      case 'client_credentials':
        return {};
      case 'refresh_token':
        return this.#refresh(form);
      case 'authorization_code':
        return this.#codes.redeem(form, nowMs());
      case 'device_code':
      case 'urn:ietf:params:oauth:grant-type:device_code':
        return this.devices.redeem(form.get('device_code') ?? form.get('code') ?? '', nowMs());
      default:
        return refuseLogin(
          400,
          'unsupported_grant_type',
          70003,
          `The grant type '${grantType ?? ''}' is not supported.`,
        );
    }
  }

  /** "Each use returns a new one and the old one is not revoked" (identity platform, refresh tokens). */
  #refresh(form: URLSearchParams): Grant | LoginAnswer {
    const claims = readToken(form.get('refresh_token') ?? '', 'refresh', this.#key);
    if (claims === undefined) {
      return refuseLogin(400, 'invalid_grant', 9002313, 'The refresh token is malformed.');
    }
    if (isExpired(claims, this.#options.nowMs())) {
      return refuseLogin(400, 'invalid_grant', 700082, 'The refresh token has expired.');
    }
    return { user: { mfa: claims['mfa'] === true } };
  }

  #deviceCode(request: LoginRequest): LoginAnswer {
    const refused = knowClient(request.form, this.#options.registration);
    if (refused !== undefined) return refused;
    return { status: 200, body: this.devices.create(request.baseUrl, this.#options.nowMs()) };
  }
}

/** A proven sign-in; without a user the application's own. */
export interface Grant {
  readonly user?: User;
}

/** Clients of users may be public: no secret is asked for, but one that is sent must be right. */
function mayBePublic(form: URLSearchParams): boolean {
  const confidential = form.has('client_secret') || form.has('client_assertion');
  return form.get('grant_type') !== 'client_credentials' && !confidential;
}
