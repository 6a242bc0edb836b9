import { createHash } from 'node:crypto';
import type { Random } from '../core/random.ts';
import { type Claims, signToken } from './jwt.ts';
import { type LoginAnswer, refuseLogin } from './login-answer.ts';
import { isExpired, readToken, type User } from './tokens.ts';

const CODE_SECONDS = 600;
const MAX_REMEMBERED = 10_000;

/** Sign-ins through a browser: everybody who asks is signed in, and sent back with a code that is good once. */
export class AuthorizationCodes {
  readonly #key: string;
  readonly #random: Random;
  readonly #used = new Set<string>();

  constructor(key: string, random: Random) {
    this.#key = key;
    this.#random = random;
  }

  /** Sends the browser back to the application with a code. */
  authorize(query: URLSearchParams, nowMs: number): LoginAnswer {
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
        exp: Math.floor(nowMs / 1_000) + CODE_SECONDS,
        jti: this.#random.guid(),
      },
      this.#key,
    );
    target.searchParams.set('code', code);
    const state = query.get('state');
    if (state !== null) target.searchParams.set('state', state);
    return { status: 302, headers: { Location: target.href }, body: undefined };
  }

  redeem(form: URLSearchParams, nowMs: number): { user: User } | LoginAnswer {
    const claims = readToken(form.get('code') ?? '', 'code', this.#key);
    const fits =
      claims !== undefined &&
      !isExpired(claims, nowMs) &&
      claims['redirect'] === form.get('redirect_uri') &&
      provesChallenge(claims, form.get('code_verifier'));
    const id = String(claims?.['jti']);
    if (!fits || this.#used.has(id)) {
      return refuseLogin(400, 'invalid_grant', 70008, 'The authorization code is not valid.');
    }
    if (this.#used.size >= MAX_REMEMBERED) this.#used.clear();
    this.#used.add(id);
    return { user: { mfa: true } };
  }
}

function provesChallenge(claims: Claims, verifier: string | null): boolean {
  if (claims['challenge'] === '') return true;
  const digest = createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url');
  return digest === claims['challenge'];
}
