import type { AccessToken } from '../src/partner-center/token.ts';
import type { Transport } from '../src/partner-center/transport.ts';
import type { Invocation } from './invocation.ts';
import type { World } from './world.ts';

/** What a transport throws when the connection breaks. */
class BrokenConnection extends Error {
  override readonly name = 'BrokenConnection';
}

const TIMEOUT_MS = 8_000;
const TOKEN_LIFE_MS = 3_600_000;
/** A stale list is not older than this. */
const STALE_MS = 120_000;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Who is told of what goes to Partner Center. */
export interface Watcher {
  /** A request is about to be made, so long after its look began. */
  asks(invocation: Invocation, afterMs: number): void;
  /** A write is about to reach the sandbox. */
  write(invocation: Invocation, method: string, path: string): void;
}

/** In every token; it must turn up nowhere else. */
export const CANARY = 'canary5ecret';

/** Partner Center and its login as the instances reach them: the sandbox's core behind a bad line. */
export class PartnerCenter {
  readonly #world: World;
  readonly #tokens = new Map<string, { expiresMs: number; revoked: boolean }>();
  /** What lists showed before, by path. */
  readonly #earlier = new Map<string, { atMs: number; answer: Answer }[]>();
  readonly #watcher: Watcher;

  constructor(world: World, watcher: Watcher) {
    this.#world = world;
    this.#watcher = watcher;
  }

  /** A token of the sandbox's own tenant, whoever asks. */
  signIn(instance: number): Promise<AccessToken> {
    return this.#world.effects.pass({ instance, name: 'sign in' }, () => {
      const claims = { tid: this.#world.sandbox.tenantId, n: this.#tokens.size };
      const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
      const token = `header.${payload}.${CANARY}`;
      const expiresMs = this.#world.time.nowMs + TOKEN_LIFE_MS;
      this.#tokens.set(token, { expiresMs, revoked: false });
      return { token, expiresMs };
    });
  }

  revokeTokens(): void {
    for (const token of this.#tokens.values()) token.revoked = true;
  }

  /** The line of one invocation. */
  transport(invocation: Invocation): Transport {
    const openedMs = this.#world.time.nowMs;
    return async (request, headers) => {
      this.#watcher.asks(invocation, this.#world.time.nowMs - openedMs);
      const { operation, method, path } = request;
      const { instance } = invocation;
      const answer = await this.#world.effects.pass(
        { instance, invocation, name: operation },
        () => {
          invocation.requests += 1;
          if (method !== 'get') this.#watcher.write(invocation, method, path);
          const came = this.#exchange(
            method,
            path,
            { ...request.headers, ...headers },
            request.json,
          );
          if (method === 'get' && came.status === 200) {
            invocation.reads.set(path, JSON.parse(came.body));
          }
          return came;
        },
      );
      const lower = new Map(
        Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      return { ...answer, headers: { get: (name) => lower.get(name.toLowerCase()) ?? null } };
    };
  }

  /** @throws BrokenConnection */
  #exchange(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    json: unknown,
  ): Answer {
    const { world } = { world: this.#world };
    world.time.advance(world.choices.between(1, 4) * world.scenario.latencyMs);
    const instead = this.#refusal();
    if (instead !== undefined) return instead;
    if (world.happens('no answer, nothing done', 0.01)) throw new BrokenConnection('ECONNRESET');
    const stale = method === 'get' ? this.#staleList(path) : undefined;
    if (stale !== undefined) return stale;
    const answer = this.#ask(method, path, headers, json);
    if (world.happens('slow until the time-out', 0.01)) {
      world.time.advance(TIMEOUT_MS);
      throw new BrokenConnection('The operation timed out.');
    }
    if (world.happens('no answer, yet done', 0.02)) throw new BrokenConnection('socket hang up');
    if (method === 'get' && answer.status === 200) this.#remember(path, answer);
    return answer;
  }

  #refusal(): Answer | undefined {
    const { world } = { world: this.#world };
    const json = { 'content-type': 'application/json' };
    if (world.happens('throttled', 0.03)) {
      const seconds = world.choices.among(['1', '30', '600']);
      return { status: 429, headers: { ...json, 'retry-after': seconds }, body: '' };
    }
    if (world.happens('server error', 0.02)) {
      return { status: world.choices.among([500, 502, 503]), headers: json, body: '{}' };
    }
    if (world.happens('a page of HTML', 0.01)) {
      return { status: 502, headers: {}, body: '<html>Bad gateway</html>' };
    }
    return undefined;
  }

  #ask(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    json: unknown,
  ): Answer {
    const { sandbox, time } = this.#world;
    const [pathname = '', query] = path.split('?');
    const token = this.#tokens.get((headers['authorization'] ?? '').replace('Bearer ', ''));
    const valid = token !== undefined && !token.revoked && token.expiresMs > time.nowMs;
    const {
      status,
      headers: given,
      body,
    } = sandbox.handle({
      method: method.toUpperCase(),
      path: `/v1${pathname}`,
      query: Object.fromEntries(new URLSearchParams(query ?? '')),
      headers,
      ...(json !== undefined && { body: json }),
      ...(valid && { caller: sandbox.appOnlyCaller }),
    });
    return {
      status,
      headers: sameEveryTime(given),
      body: body === undefined ? '' : JSON.stringify(body),
    };
  }

  #staleList(path: string): Answer | undefined {
    const { time } = this.#world;
    const known = (this.#earlier.get(path) ?? []).filter(
      ({ atMs }) => time.nowMs - atMs < STALE_MS,
    );
    const [oldest] = known;
    if (oldest === undefined || !this.#world.happens('a stale list', 0.02)) return undefined;
    return oldest.answer;
  }

  #remember(path: string, answer: Answer): void {
    const list = this.#earlier.get(path) ?? [];
    this.#earlier.set(path, [...list.slice(-3), { atMs: this.#world.time.nowMs, answer }]);
  }
}

/** Without the identifiers that are drawn anew for each request, or equal states would not look equal. */
function sameEveryTime(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^ms-(requestid|correlationid)$/i.test(name)),
  );
}
