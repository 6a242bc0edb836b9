import { expect } from 'vitest';
import type { Network } from '../../../src/partner-center/auth/network.ts';

const TENANT = '11111111-2222-3333-4444-555555555555';
export const AT = `https://login.test/${TENANT}`;

export const application = {
  loginUrl: 'https://login.test',
  tenantId: TENANT,
  clientId: 'c',
  scope: 'https://api.test/.default',
};

/** What a login endpoint grants. */
export const granted = { token_type: 'Bearer', expires_in: 3_600, access_token: 'access' };

/** An answer that is not simply granted or refused. */
export interface OtherAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
}

/** A login endpoint without sockets, which answers one request for a token after the other; what it is sent is kept. */
export function answeringLogin(...answers: readonly (object | OtherAnswer)[]) {
  const forms: Readonly<Record<string, string>>[] = [];
  const by: Network = {
    async send(url, { body }) {
      expect(url.startsWith(`${AT}/`), url).toBe(true);
      if (url.includes('openid-configuration')) return json(200, endpoints);
      forms.push(Object.fromEntries(new URLSearchParams(String(body))));
      const answer = answers[forms.length - 1] ?? expect.unreachable();
      if (isOther(answer)) {
        return { status: answer.status, headers: new Headers(answer.headers), text: '{}' };
      }
      return json('error' in answer ? 400 : 200, answer);
    },
    close: () => undefined,
  };
  return { by, forms };
}

function isOther(answer: object): answer is OtherAnswer {
  return 'headers' in answer;
}

const endpoints = {
  token_endpoint: `${AT}/oauth2/v2.0/token`,
  authorization_endpoint: `${AT}/oauth2/v2.0/authorize`,
  issuer: `${AT}/v2.0`,
  jwks_uri: `${AT}/keys`,
};

function json(status: number, body: object) {
  return { status, headers: new Headers(), text: JSON.stringify(body) };
}
