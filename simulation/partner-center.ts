import type { AccessToken } from '../src/partner-center/auth/token.ts';
import type { Transport } from '../src/partner-center/http/transport.ts';
import { type Answer, noteAnswer } from './answer.ts';
import type { Invocation } from './invocation.ts';
import { faultIn } from './observed-faults.ts';
import { withOddId } from './odd-id.ts';
import { Tokens } from './tokens.ts';
import type { World } from './world.ts';
import type { Write } from './write.ts';

/** What a transport throws when the connection breaks. */
class BrokenConnection extends Error {
  override readonly name = 'BrokenConnection';
}

const TIMEOUT_MS = 8_000;
/** Checks whose sign-in may fail. */
const MAX_LINES = 50;
/** The highest age of a stale list. */
const STALE_MS = 120_000;

/** Watches what is sent to Partner Center. */
export interface Watcher {
  /** A request, as `get /customers/…`, is about to be sent, so long after its check began. */
  asks(invocation: Invocation, what: string, afterMs: number): void;
  write(invocation: Invocation, write: Write): void;
}

/** The app sends this header in its HTTP transport, which is not simulated; the sandbox would draw one for each answer. */
const NO_CORRELATION = '00000000-0000-4000-8000-000000000000';

/** Partner Center and its login as the instances reach them: the sandbox's core behind an unreliable network. */
export class PartnerCenter {
  readonly #world: World;
  readonly #tokens = new Tokens();
  /** Earlier answers of lists, by tenant and path. */
  readonly #earlier = new Map<string, { atMs: number; answer: Answer }[]>();
  readonly #watcher: Watcher;
  /** Of the newest checks. */
  #lines: Invocation[] = [];

  constructor(world: World, watcher: Watcher) {
    this.#world = world;
    this.#watcher = watcher;
  }

  /** A token for the app's current credentials. */
  signIn(instance: number): Promise<AccessToken> {
    const { effects, time } = this.#world;
    return effects.pass({ instance, name: 'sign in' }, () => {
      if (this.#world.happens('sign-in refused for a while', 0.02)) {
        for (const line of this.#lines) if (line.instance === instance) line.hindered = true;
        throw new Error('AADSTS90033: A transient error has occurred. Please try again.');
      }
      return this.#tokens.give(this.#world.tenantId, time.nowMs);
    });
  }

  revokeTokens(): void {
    this.#tokens.revokeAll();
  }

  /** The line of one invocation. */
  transport(invocation: Invocation): Transport {
    const openedMs = this.#world.time.nowMs;
    this.#lines = [...this.#lines.slice(1 - MAX_LINES), invocation];
    return async (request, headers) => {
      const { operation, method, path, json } = request;
      const what = `${method} ${path}`;
      this.#watcher.asks(invocation, what, this.#world.time.nowMs - openedMs);
      const { instance } = invocation;
      const answer = await this.#world.effects.pass(
        { instance, invocation, name: operation },
        () => {
          invocation.requests += 1;
          const sent = { ...request.headers, ...headers };
          if (method !== 'get') {
            const tenantId = this.#tokens.tenantOf(sent, this.#world.time.nowMs);
            this.#watcher.write(invocation, { method, path, json, tenantId });
          }
          const { nowMs } = this.#world.time;
          const tenant = this.#tokens.tenantOf(sent, nowMs);
          if (tenant !== undefined) invocation.tenants.add(tenant);
          try {
            const came = this.#exchange(method, path, sent, json);
            noteAnswer(invocation, what, came, this.#world.time.nowMs);
            return came;
          } catch (error) {
            invocation.hindered = true;
            if (this.#world.time.nowMs - nowMs >= TIMEOUT_MS) invocation.timedOut.add(what);
            throw error;
          }
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
    const world = this.#world;
    world.time.advance(world.choices.between(1, 4) * world.scenario.latencyMs);
    const instead = this.#errorAnswer();
    if (instead !== undefined) return instead;
    if (world.happens('no answer, nothing done', 0.01)) throw new BrokenConnection('ECONNRESET');
    const tenant = this.#tokens.tenantOf(headers, world.time.nowMs);
    const stale = method === 'get' ? this.#staleList(`${tenant} ${path}`) : undefined;
    if (stale !== undefined) return { ...stale, plain: false };
    const answer = this.#ask(method, path, headers, json);
    const trouble = faultIn(path, answer);
    if (trouble !== undefined) world.met.add(trouble);
    if (world.happens('slow until the time-out', 0.01)) {
      world.time.advance(TIMEOUT_MS);
      throw new BrokenConnection('The operation timed out.');
    }
    if (world.happens('no answer, yet done', 0.02)) throw new BrokenConnection('socket hang up');
    if (method !== 'get' || answer.status !== 200) return answer;
    this.#remember(`${tenant} ${path}`, answer);
    return world.happens('a list that cannot be read', 0.01) ? this.#mangled(answer) : answer;
  }

  #errorAnswer(): Answer | undefined {
    const world = this.#world;
    const json = { 'content-type': 'application/json' };
    const refused = { headers: {}, body: '', plain: false };
    if (world.happens('throttled', 0.03)) {
      const seconds = world.choices.among(['1', '30', '600']);
      return { ...refused, status: 429, headers: { ...json, 'retry-after': seconds } };
    }
    if (world.happens('server error', 0.02)) {
      return {
        ...refused,
        status: world.choices.among([500, 502, 503]),
        headers: json,
        body: '{}',
      };
    }
    if (world.happens('a page of HTML', 0.01)) {
      return { ...refused, status: 502, body: '<html>Bad gateway</html>' };
    }
    return undefined;
  }

  /** A body that is cut short, empty, a proxy's page, or inconsistent with its own count. */
  #mangled({ body, ...answer }: Answer): Answer {
    const { items } = JSON.parse(body) as { items?: readonly unknown[] };
    const miscounted = JSON.stringify({ items, totalCount: (items?.length ?? 0) + 1 });
    const instead = this.#world.choices.among([
      body.slice(0, -2),
      '',
      '<html>Please sign in to the network.</html>',
      ...(items === undefined ? [] : [miscounted]),
    ]);
    return { ...answer, body: instead, plain: false, mangled: true };
  }

  #ask(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    json: unknown,
  ): Answer {
    const { otherAccount, time } = this.#world;
    const [pathname = '', query] = path.split('?');
    const tenant = this.#tokens.tenantOf(headers, time.nowMs);
    const isOther = tenant === otherAccount.tenantId;
    const sandbox = isOther ? otherAccount : this.#world.sandbox;
    const {
      status,
      headers: given,
      body,
    } = sandbox.handle({
      method: method.toUpperCase(),
      path: `/v1${pathname}`,
      query: Object.fromEntries(new URLSearchParams(query ?? '')),
      headers: { ...headers, 'ms-correlationid': NO_CORRELATION },
      ...(json !== undefined && { body: json }),
      ...(tenant !== undefined && { caller: sandbox.appOnlyCaller }),
    });
    return {
      status,
      headers: sameEveryTime(given),
      body: body === undefined ? '' : JSON.stringify(withOddId(this.#world, path, body)),
      plain: !isOther,
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

/** The headers without the ids that are drawn for each request: equal states must compare equal. */
function sameEveryTime(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^ms-(requestid|correlationid)$/i.test(name)),
  );
}
