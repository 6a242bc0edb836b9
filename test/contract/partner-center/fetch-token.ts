import { request } from 'node:https';

/** An application that signs in at the v1 endpoint: by itself, or with a person's refresh token. */
export interface SignIn {
  readonly loginUrl: string;
  /** Trusted besides the machine's own authorities. */
  readonly certificatePem?: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the token is to be for. */
  readonly resource: string;
  readonly refreshToken?: string;
}

const TIMEOUT_MS = 60_000;

/** The documented requests: articles partner-center-authentication and enable-secure-app-model. */
export function fetchToken(signIn: SignIn): Promise<string> {
  const { loginUrl, tenantId, clientId, clientSecret, resource, refreshToken } = signIn;
  const form = new URLSearchParams({
    resource,
    client_id: clientId,
    client_secret: clientSecret,
    ...(refreshToken === undefined
      ? { grant_type: 'client_credentials' }
      : { grant_type: 'refresh_token', refresh_token: refreshToken, scope: 'openid' }),
  });
  return new Promise((resolve, reject) => {
    const sent = request(
      `${loginUrl}/${tenantId}/oauth2/token`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        timeout: TIMEOUT_MS,
        ...(signIn.certificatePem === undefined ? {} : { ca: signIn.certificatePem }),
      },
      async (response) => {
        const text = Buffer.concat(await response.toArray()).toString();
        const token = /"access_token"\s*:\s*"([^"]+)"/.exec(text)?.[1];
        if (token === undefined) {
          reject(new Error(`The login endpoint answered ${response.statusCode} and no token.`));
        } else {
          resolve(token);
        }
      },
    );
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error('The login endpoint did not answer in time.')));
    sent.end(form.toString());
  });
}
