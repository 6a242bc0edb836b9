import type { Server } from 'node:https';
import type { Clock } from '@sandbox-teardown/shared/clock';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';

/** What the three listeners have in common: HTTP in, one function to answer, HTTP out. */

const BODY_LIMIT_BYTES = 1_048_576;
const HOST = '127.0.0.1';
const MAX_PARAMETER_LENGTH = 2_000;

export interface ShellRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly contentType: string;
  /** Headers that came twice and of which only the first is in `headers`. */
  readonly repeatedHeaders: readonly string[];
}

/** `body` is `undefined` (none), a text (sent as it is) or a JSON value. */
export interface ShellAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly delayMs?: number;
  readonly dropped?: boolean;
}

export interface ShellOptions {
  readonly answer: (request: ShellRequest) => ShellAnswer;
  /** The answer to what never gets that far: a body too large, an address that is no address. */
  readonly refuse: (status: number, message: string) => ShellAnswer;
  readonly clock: Clock;
  readonly https?: { readonly key: string; readonly cert: string };
}

export type Shell = FastifyInstance<Server>;

/** Makes a listener; every method and path goes to `answer`. */
export function createShell(options: ShellOptions): Shell {
  const { https, clock, refuse } = options;
  const common = {
    bodyLimit: BODY_LIMIT_BYTES,
    // Closing takes open connections with it, so that a test never waits for a client's keep-alive.
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    frameworkErrors: (error: Error, _request: unknown, reply: FastifyReply) =>
      send(reply, refuse(400, error.message), clock),
  };
  // `null` is plain HTTP; so both kinds are of one type.
  const server = Fastify({ ...common, https: https ?? null });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) =>
    done(null, text),
  );
  server.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
    send(reply, refuse(error.statusCode ?? 500, error.message), clock),
  );
  server.setNotFoundHandler((_request, reply) => send(reply, refuse(404, 'Not found.'), clock));
  server.all('/*', (request, reply) => {
    const url = addressOf(request.raw.url ?? '/');
    if (url === undefined) return send(reply, refuse(400, 'The target must be a path.'), clock);
    const shellRequest = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      headers: singleHeaders(request.headers),
      text: typeof request.body === 'string' ? request.body : '',
      contentType: request.headers['content-type'] ?? '',
      repeatedHeaders: ['Authorization', 'Content-Type'].filter(
        (name) => (request.raw.headersDistinct[name.toLowerCase()]?.length ?? 0) > 1,
      ),
    };
    return send(reply, options.answer(shellRequest), clock);
  });
  return server;
}

/**
 * Put together by hand: two slashes at the beginning would make the next word a host. Undefined for what is no address, such
 * as the `*` of OPTIONS.
 */
function addressOf(target: string): URL | undefined {
  const address = target.startsWith('/') ? `http://local.invalid${target}` : target;
  return URL.canParse(address) ? new URL(address) : undefined;
}

function singleHeaders(headers: Record<string, string | string[] | undefined>) {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

async function send(reply: FastifyReply, answer: ShellAnswer, clock: Clock): Promise<FastifyReply> {
  const { delayMs = 0 } = answer;
  if (delayMs > 0) {
    await new Promise<void>((resolve) => {
      clock.schedule(clock.nowMs() + delayMs, resolve);
    });
  }
  if (answer.dropped === true) {
    reply.hijack();
    reply.raw.destroy();
    return reply;
  }
  reply.status(answer.status).headers({ ...answer.headers });
  if (answer.body === undefined) return reply.send();
  if (typeof answer.body === 'string') return reply.send(answer.body);
  if (reply.getHeader('content-type') === undefined) reply.type('application/json; charset=utf-8');
  return reply.send(JSON.stringify(answer.body));
}

/** Listens on 127.0.0.1; port 0 takes a free one. Resolves to the origin, without a slash. */
export async function listen(server: Shell, port: number): Promise<string> {
  return server.listen({ host: HOST, port });
}
