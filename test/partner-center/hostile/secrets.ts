import fc from 'fast-check';
import type { AccessToken } from '../../../src/partner-center/auth/token.ts';
import { keepSecret } from '../../../src/redaction/known-secrets.ts';
import { encodings, leaksIn } from '../../security/canaries.ts';

export const TENANT = '99999999-8888-7777-6666-555555555555';

const CLIENT_SECRET = keepSecret('canary~of-the-application~Q2xp');
const claims = Buffer.from(JSON.stringify({ tid: TENANT })).toString('base64url');
/** No pattern knows them, because they do not begin as a real token does: only that they are known secrets helps. */
const TOKENS = [1, 2].map((each) =>
  keepSecret(`canary-${each}.${claims}.c2lnbmF0dXJlLW9mLXRoZS1jYW5hcnk`),
);
const SECRETS = [CLIENT_SECRET, ...TOKENS];

/** The first token, and another one after each that was refused. */
export function tokenNumber(request: number, nowMs: number): AccessToken {
  return { token: TOKENS[request % TOKENS.length] ?? '', expiresMs: nowMs + 3_600_000 };
}

/** What the login endpoint says where it fails, which is now and then, with all it was told. */
export const signInTrouble = fc.oneof(
  { arbitrary: fc.constant(undefined), weight: 30 },
  fc.constantFrom(
    `AADSTS7000215: Invalid client secret provided: ${CLIENT_SECRET}`,
    `connect ECONNREFUSED, assertion ${TOKENS[0]}`,
  ),
);

/** A secret, written down again in some way that answers do. */
export const echo: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...SECRETS), fc.constantFrom(...Object.values(encodings)))
  .map(([secret, encode]) => encode(secret));

/** The secrets that a text holds, in any encoding. */
export const secretsIn = (text: string): readonly string[] => leaksIn(text, SECRETS);
