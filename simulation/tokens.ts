import type { AccessToken } from '../src/partner-center/auth/token.ts';

const TOKEN_LIFE_MS = 3_600_000;
/** Then the same tokens come again: the app keeps every token as a secret, and searches every text for it. */
const MAX_AT_ONCE = 4;

/** A text in every token; it may appear nowhere else. */
export const CANARY = 'canary5ecret';

interface Token {
  readonly tenantId: string;
  readonly expiresMs: number;
}

/** The login: issues tokens, and knows the valid ones. */
export class Tokens {
  readonly #valid = new Map<string, Token>();
  #generation = 0;
  #given = 0;

  give(tenantId: string, nowMs: number): AccessToken {
    const claims = { tid: tenantId, n: [this.#generation, this.#given] };
    this.#given = Math.min(this.#given + 1, MAX_AT_ONCE - 1);
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const token = `header.${payload}.${CANARY}`;
    const expiresMs = nowMs + TOKEN_LIFE_MS;
    this.#valid.set(token, { tenantId, expiresMs });
    return { token, expiresMs };
  }

  revokeAll(): void {
    this.#valid.clear();
    this.#generation += 1;
    this.#given = 0;
  }

  /** The tenant of a request's token; undefined if it is not valid. */
  tenantOf(headers: Readonly<Record<string, string>>, nowMs: number): string | undefined {
    const token = this.#valid.get((headers['authorization'] ?? '').replace('Bearer ', ''));
    return token !== undefined && token.expiresMs > nowMs ? token.tenantId : undefined;
  }
}
