import { constants, createHmac, timingSafeEqual, verify } from 'node:crypto';

/** JSON Web Tokens: the sandbox's own are HS256, a client's assertions are signed with its private key. */
export type Claims = Readonly<Record<string, unknown>>;

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const digest = (text: string, key: string) => createHmac('sha256', key).update(text).digest();

export function signToken(claims: Claims, key: string): string {
  const content = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`;
  return `${content}.${digest(content, key).toString('base64url')}`;
}

/** The claims of a token that `signToken` made with this key; `undefined` for anything else. */
export function verifyToken(token: string, key: string): Claims | undefined {
  const decoded = decodeToken(token);
  if (decoded === undefined) return undefined;
  const expected = digest(decoded.content, key);
  const genuine =
    expected.length === decoded.signature.length && timingSafeEqual(expected, decoded.signature);
  return genuine ? decoded.claims : undefined;
}

export interface DecodedToken {
  readonly header: Claims;
  readonly claims: Claims;
  /** What the signature is over. */
  readonly content: string;
  readonly signature: Buffer;
}

/** The parts of a token, nothing verified; `undefined` if it is none. */
export function decodeToken(token: string): DecodedToken | undefined {
  const [first, second, third, ...rest] = token.split('.');
  if (first === undefined || second === undefined || third === undefined || rest.length > 0) {
    return undefined;
  }
  const header = parsePart(first);
  const claims = parsePart(second);
  if (header === undefined || claims === undefined) return undefined;
  return {
    header,
    claims,
    content: `${first}.${second}`,
    signature: Buffer.from(third, 'base64url'),
  };
}

function parsePart(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : undefined;
  } catch {
    return undefined;
  }
}

const signatureOptions: Readonly<Record<string, object>> = {
  RS256: { padding: constants.RSA_PKCS1_PADDING },
  PS256: {
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  },
  ES256: { dsaEncoding: 'ieee-p1363' },
};

/** Whether the token is signed with the private key that belongs to a public key or certificate in PEM. */
export function isSignedBy(token: DecodedToken, publicKeyPem: string): boolean {
  const options = signatureOptions[String(token.header['alg'])];
  if (options === undefined) return false;
  try {
    return verify(
      'sha256',
      Buffer.from(token.content),
      { key: publicKeyPem, ...options },
      token.signature,
    );
  } catch {
    return false;
  }
}
