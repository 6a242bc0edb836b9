import { afterEach, expect, it, vi } from 'vitest';
import { byDeviceCode } from '../../src/cli/consent/device-code.ts';
import { claimsOf } from '../../src/partner-center/auth/token.ts';
import { applicationCertificate, temporaryFile } from '../partner-center/auth/sign-in-harness.ts';

afterEach(() => void vi.unstubAllGlobals());

const LOGIN_URL = 'https://login.example';
const TENANT_ID = 'aaaaaaaa-0000-0000-0000-000000000001';
const CLIENT_ID = 'bbbbbbbb-0000-0000-0000-000000000002';
const ROOT = `${LOGIN_URL}/${TENANT_ID}/oauth2/v2.0`;
const SCOPE = 'https://api.example/user_impersonation';

const configuration = {
  issuer: `${LOGIN_URL}/${TENANT_ID}/v2.0`,
  authorization_endpoint: `${ROOT}/authorize`,
  token_endpoint: `${ROOT}/token`,
  device_authorization_endpoint: `${ROOT}/devicecode`,
  jwks_uri: `${LOGIN_URL}/keys`,
};

const code = {
  device_code: 'd',
  user_code: 'u',
  expires_in: 900,
  interval: 0,
  message: 'Open it.',
};

/** Signs in by a login endpoint that refuses the code so. */
async function refusedWith(
  error: object,
  credential: Parameters<typeof byDeviceCode>[1] = { kind: 'client-secret', clientSecret: 'hush' },
) {
  const forms = new Map<string, URLSearchParams>();
  vi.stubGlobal('fetch', async (url: string, { body }: RequestInit) => {
    const path = new URL(url).pathname.split('/').at(-1) ?? '';
    if (path === 'openid-configuration') return Response.json(configuration);
    forms.set(path, new URLSearchParams(String(body)));
    return path === 'devicecode' ? Response.json(code) : Response.json(error, { status: 400 });
  });
  const application = {
    loginUrl: LOGIN_URL,
    tenantId: TENANT_ID,
    clientId: CLIENT_ID,
    scope: SCOPE,
  };
  const said: string[] = [];
  const signIn = byDeviceCode(application, credential);
  const thrown = await signIn((line) => void said.push(line)).catch(String);
  return { forms, said, thrown };
}

it('a sign-in by device code is for Partner Center, and its secret is for the token endpoint alone', async () => {
  const { forms, said } = await refusedWith({ error: 'x', error_description: 'No.' });
  expect([...forms.keys()]).toEqual(['devicecode', 'token']);
  expect(forms.get('devicecode')?.get('scope')?.split(' ')).toContain(SCOPE);
  expect(forms.get('devicecode')?.has('client_secret')).toBe(false);
  expect(forms.get('token')?.get('client_secret')).toBe('hush');
  expect(said).toEqual(['Open it.']);
});

it('a certificate proves the app to the token endpoint by a statement that is for it', async () => {
  const { pem } = await applicationCertificate();
  const certificate = { kind: 'file', path: await temporaryFile(pem) } as const;
  const { forms } = await refusedWith({ error: 'x' }, { kind: 'client-certificate', certificate });
  const form = forms.get('token') ?? new URLSearchParams();
  expect(form.get('client_assertion_type')).toBe(
    'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  );
  expect(claimsOf({ token: form.get('client_assertion') ?? '' })).toMatchObject({
    ...{ iss: CLIENT_ID, sub: CLIENT_ID },
    aud: `${ROOT}/token`,
  });
});

it.each([
  [
    'in its words',
    { error: 'expired_token', error_description: 'Too late.' },
    'expired_token: Too late.',
  ],
  [
    'in its words, though it has no name',
    { error_description: 'AADSTS9: No.' },
    'refused: AADSTS9: No.',
  ],
])('a sign-in by device code that is refused says so %s', async (_how, error, message) => {
  const { thrown } = await refusedWith(error);
  expect(thrown).toBe(`AuthError: ${message}`);
});

it('a sign-in by device code says what is wrong with a login endpoint that does not tell its addresses', async () => {
  vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }));
  const application = { ...{ loginUrl: LOGIN_URL, tenantId: TENANT_ID }, clientId: CLIENT_ID };
  const signIn = byDeviceCode(
    { ...application, scope: SCOPE },
    { kind: 'client-secret', clientSecret: 'hush' },
  );
  await expect(signIn(() => undefined)).rejects.toThrow(
    'The login endpoint did not tell its addresses: The login endpoint answered 204 without JSON.',
  );
});
