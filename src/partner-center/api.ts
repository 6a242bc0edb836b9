import { randomUUID } from 'node:crypto';
import type { Log } from '../teardown/log/log.ts';
import type { Operation, Unanswered } from '../teardown/model/partner-center-error.ts';
import { apiError, errorOfReply, noAnswerMessage } from './api-error.ts';
import { signInError } from './auth/sign-in-error.ts';
import { type AccessToken, describeToken, tenantOf } from './auth/token.ts';
import type { TokenCache } from './auth/token-cache.ts';
import { loggedTransport } from './http/logged-transport.ts';
import type { RateLimiter } from './http/rate-limiter.ts';
import { requestIds, unansweredWrite } from './http/request-ids.ts';
import {
  type ApiRequest,
  kyTransport,
  type Reply,
  type Transport,
  type TransportOptions,
} from './http/transport.ts';

/** The limit for one check; more requests mean an endless loop. */
export const MAX_REQUESTS = 150;

const TOO_MANY_REQUESTS = 429;

/** A check does not begin without room for this many requests in the minute: four reads and three writes. */
export const ROOM_FOR_A_CHECK = 7;

/** The size of all answers in one check: several checks share an instance of 512 MB. */
export const MAX_CHARACTERS = 4 * 1024 * 1024;

/** After this time a check makes no new request; the rest waits for the next check. */
export const MAX_CHECK_MS = 20_000;

/** A request that fails this fast is repeated once; after a longer wait the next check repeats it. */
const REPEAT_WITHIN_MS = 2_000;

/** An id of one or two dots, which no encoding protects: a URL takes it as the path to another resource. */
const LEADS_ELSEWHERE = /\/\.{1,2}(?=[/?]|$)/;

export interface ApiOptions extends TransportOptions {
  readonly tokens: TokenCache;
  readonly limiter: RateLimiter;
  readonly nowMs: () => number;
  /** Makes a GUID for each request; without it, Node does. */
  readonly newId?: (() => string) | undefined;
  /** Logs every request, sent or not. */
  readonly log?: Log;
  /** A write of the previous check that got no answer; repeated, it keeps its MS-RequestId. */
  readonly unanswered?: Unanswered | undefined;
  /** In place of ky, for runs without HTTP. */
  readonly transport?: Transport | undefined;
}

/** Sends requests. */
export interface Api {
  /** Scheme, host and port. Requests go nowhere else. */
  readonly origin: string | undefined;
  /** @throws PartnerCenterError where the sign-in fails, or its token is for another tenant than before */
  signedIn(): Promise<AccessToken>;
  /** @throws PartnerCenterError for every answer but a 2xx, where none comes, and beyond the limits of a check */
  send(request: ApiRequest): Promise<Reply>;
}

/**
 * Partner Center's REST API for one check. A request whose connection broke is repeated once; everything else waits for
 * the next check. A repeated request keeps its MS-RequestId, by which the service recognises it
 * (https://learn.microsoft.com/partner-center/developer/headers); and every write is idempotent.
 */
export function api(options: ApiOptions, teardownId: string): Api {
  const { log = () => undefined } = options;
  const transport = loggedTransport(
    options.transport ?? kyTransport(options, teardownId),
    log,
    options.nowMs,
  );
  const startedMs = options.nowMs();
  let requests = 0;
  let characters = 0;
  const ids = requestIds(options.unanswered, options.newId ?? randomUUID);

  const spendRequest = (operation: Operation): void => {
    requests += 1;
    // A check that has to stop half-way wastes what it has read.
    const waitMs = options.limiter.take(requests === 1 ? ROOM_FOR_A_CHECK : 1);
    if (waitMs !== undefined) {
      const why = 'Not sent, to keep within the requests per minute.';
      log('rate-limited', { operation, why, delayMs: waitMs });
      throw apiError(operation, 429, why, { retryAfterMs: waitMs, rateLimited: true });
    }
    if (requests > MAX_REQUESTS || options.nowMs() - startedMs > MAX_CHECK_MS) {
      const why = 'Not sent: this check has used up its requests or its time.';
      log('rate-limited', { operation, why });
      throw apiError(operation, 0, why);
    }
  };

  /** The tenant that the guards have checked; a token of another tenant is never sent. */
  let proven: { readonly tenant: string | undefined } | undefined;

  const ofOneTenant = async (token: Promise<AccessToken>): Promise<AccessToken> => {
    const given = await token.catch((error: unknown) => {
      throw signInError(error);
    });
    const tenant = tenantOf(given);
    proven ??= { tenant };
    if (proven.tenant === tenant) return given;
    throw apiError('sign-in', 0, 'The new access token is for another tenant than the one before.');
  };

  const signedIn = (): Promise<AccessToken> => ofOneTenant(options.tokens.current());

  const exchange = async (request: ApiRequest, token: AccessToken): Promise<Reply> => {
    const requestId = ids.next(request);
    for (let repeated = false; ; repeated = true) {
      spendRequest(request.operation);
      const sentMs = options.nowMs();
      try {
        const reply = await transport(request, {
          authorization: `Bearer ${token.token}`,
          'ms-requestid': requestId,
        });
        characters += reply.body.length;
        return reply;
      } catch (error) {
        if (error instanceof RangeError) throw apiError(request.operation, 200, error.message);
        const late = options.nowMs() - sentMs > REPEAT_WITHIN_MS;
        if (repeated || late)
          throw apiError(request.operation, 0, noAnswerMessage(error), {
            requestId,
            ...unansweredWrite(request, requestId),
          });
      }
    }
  };

  return {
    origin: URL.parse(options.apiUrl)?.origin,
    signedIn,
    async send(request) {
      if (LEADS_ELSEWHERE.test(request.path)) {
        throw apiError(
          request.operation,
          200,
          `The path ${request.path} leads to another resource.`,
        );
      }
      let token = await signedIn();
      let reply = await exchange(request, token);
      if (reply.status === 401) {
        token = await ofOneTenant(options.tokens.after(token));
        reply = await exchange(request, token);
      }
      if (characters > MAX_CHARACTERS) {
        const why = `The answers of one check are longer than ${MAX_CHARACTERS} characters.`;
        throw apiError(request.operation, 200, why);
      }
      if (reply.status >= 200 && reply.status <= 299) return reply;
      const whose = reply.status === 401 ? describeToken(token) : '';
      const error = errorOfReply(request.operation, reply, options.nowMs(), whose);
      const { status, retryAfterMs: waitMs = 0 } = error.response;
      if (status === TOO_MANY_REQUESTS) options.limiter.pause(waitMs);
      throw error;
    },
  };
}
