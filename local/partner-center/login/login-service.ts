import { createHash } from 'node:crypto';
import { API_AUDIENCE, type Caller } from '../core/caller.ts';
import type { Random } from '../core/random.ts';
import { audienceOf } from './audience.ts';
import { authenticateClient, knowClient } from './client-authentication.ts';
import { DeviceCodes } from './device-codes.ts';
import { type Claims, signToken } from './jwt.ts';
import { type LoginAnswer, refuseLogin } from './login-answer.ts';
import type { Registration } from './registration.ts';
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

const CODE_SECONDS = 600;
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
  readonly #usedCodes = new Set<string>();

  constructor(options: LoginOptions) {
    this.#options = options;
    this.#key = options.random.text(KEY_LENGTH, KEY_ALPHABET);
    this.devices = new DeviceCodes(options.random);
  }

  /** Who calls the API with this `Authorization` header; `undefined` if nobody known. */
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
        return this.#authorize(request.query);
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
    const audience = granted.audience ?? audienceOf(request.form);
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
          nowMs: nowMs(),
        });
    if (refused !== undefined) return refused;
    switch (grantType) {
      case 'client_credentials':
        return {};
      case 'refresh_token':
        return this.#refresh(form);
      case 'authorization_code':
        return this.#redeem(form);
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
    return { user: { mfa: claims['mfa'] === true }, ...defaultAudience(form) };
  }

  #authorize(query: URLSearchParams): LoginAnswer {
    const refused = knowClient(query, this.#options.registration);
    if (refused !== undefined) return refused;
    const redirect = query.get('redirect_uri') ?? '';
    if (!URL.canParse(redirect)) {
      return refuseLogin(
        400,
        'invalid_request',
        50011,
        'The redirect URI is missing or not valid.',
      );
    }
    const target = new URL(redirect);
    const code = signToken(
      {
        typ: 'code',
        redirect,
        challenge: query.get('code_challenge') ?? '',
        exp: Math.floor(this.#options.nowMs() / 1_000) + CODE_SECONDS,
        jti: this.#options.random.guid(),
      },
      this.#key,
    );
    target.searchParams.set('code', code);
    const state = query.get('state');
    if (state !== null) target.searchParams.set('state', state);
    return { status: 302, headers: { Location: target.href }, body: undefined };
  }

  #redeem(form: URLSearchParams): Grant | LoginAnswer {
    const claims = readToken(form.get('code') ?? '', 'code', this.#key);
    const fits =
      claims !== undefined &&
      !isExpired(claims, this.#options.nowMs()) &&
      claims['redirect'] === form.get('redirect_uri') &&
      provesChallenge(claims, form.get('code_verifier'));
    const id = String(claims?.['jti']);
    if (!fits || this.#usedCodes.has(id)) {
      return refuseLogin(400, 'invalid_grant', 70008, 'The authorization code is not valid.');
    }
    this.#usedCodes.add(id);
    return { user: { mfa: true }, ...defaultAudience(form) };
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
  readonly audience?: string;
}

/** Clients of users may be public: no secret is asked for, but one that is sent must be right. */
function mayBePublic(form: URLSearchParams): boolean {
  const confidential = form.has('client_secret') || form.has('client_assertion');
  return form.get('grant_type') !== 'client_credentials' && !confidential;
}

/** Users' tokens are for the API where nothing else is asked for (scope `openid` alone). */
function defaultAudience(form: URLSearchParams): { audience?: string } {
  const scopes = (form.get('scope') ?? '')
    .replace(/\b(openid|profile|offline_access)\b/g, '')
    .trim();
  return form.has('resource') || scopes !== '' ? {} : { audience: API_AUDIENCE };
}

function provesChallenge(claims: Claims, verifier: string | null): boolean {
  if (claims['challenge'] === '') return true;
  const digest = createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url');
  return digest === claims['challenge'];
}

/** Numbers are texts at the v1 endpoint (article partner-center-authentication). */
function tokenBody(
  token: string,
  audience: string,
  { nowMs, lifetimeSeconds }: TokenMaker,
  user: object,
  versionOne: boolean,
) {
  if (!versionOne) {
    return {
      token_type: 'Bearer',
      expires_in: lifetimeSeconds,
      ext_expires_in: lifetimeSeconds,
      access_token: token,
      ...user,
    };
  }
  const now = Math.floor(nowMs / 1_000);
  return {
    token_type: 'Bearer',
    expires_in: String(lifetimeSeconds),
    ext_expires_in: String(lifetimeSeconds),
    expires_on: String(now + lifetimeSeconds),
    not_before: String(now),
    resource: audience,
    access_token: token,
    ...user,
  };
}
