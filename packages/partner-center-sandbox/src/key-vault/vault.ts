import { randomUUID } from 'node:crypto';

/** One version of a secret, in the shape of the Key Vault REST API ("Set Secret", "Get Secret"). */
export interface SecretVersion {
  readonly version: string;
  readonly value: string;
  readonly contentType?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface VaultRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly body: unknown;
  /** Where the vault is reached, without a slash at the end. */
  readonly baseUrl: string;
}

export interface VaultAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface VaultOptions {
  readonly nowMs: () => number;
  /** The one access token that is let in. */
  readonly accessToken: string;
}

/** Where the vault sends those who come without a token. */
const CHALLENGE =
  'Bearer authorization="https://login.microsoftonline.com/common", resource="https://vault.azure.net"';

const MAX_VERSIONS = 1_000;

/** A Key Vault's secrets as a synchronous core: the newest version, one by its name, and new ones. */
export class Vault {
  readonly #options: VaultOptions;
  readonly #secrets = new Map<string, SecretVersion[]>();
  readonly #refusals: { readonly method: string; readonly status: number; left: number }[] = [];

  constructor(options: VaultOptions) {
    this.#options = options;
  }

  /** All versions of a secret, the oldest first. */
  versions(name: string): readonly SecretVersion[] {
    return this.#secrets.get(name.toLowerCase()) ?? [];
  }

  /** Puts a secret there as a person would by hand. */
  put(name: string, value: string, tags: Readonly<Record<string, string>> = {}): void {
    this.#add(name, { value, tags });
  }

  /** The next so many requests of a method are answered with a status. */
  refuse(method: 'GET' | 'PUT', status: number, times = 1): void {
    this.#refusals.push({ method, status, left: times });
  }

  handle(request: VaultRequest): VaultAnswer {
    if (request.authorization !== `Bearer ${this.#options.accessToken}`) {
      return { ...refused(401, 'Unauthorized'), headers: { 'WWW-Authenticate': CHALLENGE } };
    }
    const ordered = this.#refusals.find(
      ({ method, left }) => method === request.method && left > 0,
    );
    if (ordered !== undefined) {
      ordered.left -= 1;
      return refused(ordered.status, ordered.status === 403 ? 'Forbidden' : 'InternalServerError');
    }
    if (!request.query.has('api-version')) return refused(400, 'BadParameter');
    const [, collection, name = '', version] = request.path.split('/');
    if (collection !== 'secrets' || !/^[0-9a-z-]{1,127}$/i.test(name)) {
      return refused(404, 'NotFound');
    }
    if (request.method === 'PUT') return this.#set(name, request);
    return request.method === 'GET'
      ? this.#get(name, version, request.baseUrl)
      : refused(405, 'MethodNotAllowed');
  }

  #get(name: string, version: string | undefined, baseUrl: string): VaultAnswer {
    const versions = this.versions(name);
    const found =
      version === undefined || version === ''
        ? versions.at(-1)
        : versions.find((one) => one.version === version);
    return found === undefined
      ? refused(404, 'SecretNotFound')
      : { status: 200, body: bundle(name, found, baseUrl) };
  }

  #set(name: string, { body, baseUrl }: VaultRequest): VaultAnswer {
    const given = typeof body === 'object' && body !== null ? { ...body } : {};
    if (!('value' in given) || typeof given.value !== 'string') return refused(400, 'BadParameter');
    const made = this.#add(name, { tags: {}, ...given, value: given.value });
    return { status: 200, body: bundle(name, made, baseUrl) };
  }

  #add(
    name: string,
    given: Pick<SecretVersion, 'value' | 'tags'> & Partial<SecretVersion>,
  ): SecretVersion {
    const seconds = Math.floor(this.#options.nowMs() / 1_000);
    const made = {
      ...given,
      version: randomUUID().replaceAll('-', ''),
      attributes: { enabled: true, ...given.attributes, created: seconds, updated: seconds },
    };
    const versions = [...this.versions(name), made].slice(-MAX_VERSIONS);
    this.#secrets.set(name.toLowerCase(), versions);
    return made;
  }
}

function bundle(name: string, secret: SecretVersion, baseUrl: string) {
  const { version, ...rest } = secret;
  return { id: `${baseUrl}/secrets/${name}/${version}`, ...rest };
}

function refused(status: number, code: string): VaultAnswer {
  return { status, body: { error: { code, message: `The simulated vault says ${code}.` } } };
}
