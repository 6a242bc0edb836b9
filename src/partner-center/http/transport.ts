import type { KyInstance } from 'ky';
import { defined } from '../../shared/defined.ts';
import { errorMessage } from '../../shared/error-message.ts';
import type { Operation } from '../../teardown/model/partner-center-error.ts';
import { boundedText } from './bounded-text.ts';
import { traceIdOf } from './trace-id.ts';

export interface ApiRequest {
  readonly operation: Operation;
  readonly method: 'get' | 'patch' | 'post' | 'delete';
  /** Below `/v1`, with a leading slash; a query may follow. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

export interface Reply {
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  readonly body: string;
}

/**
 * Sends one request once, with these headers besides its own.
 *
 * @throws RangeError for a successful answer that is too large
 * @throws Error where no answer came
 */
export type Transport = (
  request: ApiRequest,
  headers: Readonly<Record<string, string>>,
) => Promise<Reply>;

export interface TransportOptions {
  /** Base address without `/v1`. */
  readonly apiUrl: string;
  /** The limit for one answer. */
  readonly timeoutMs: number;
  /** Replaces Node's own, for runs without a network. */
  readonly fetch?: typeof fetch | undefined;
}

/** Headers: https://learn.microsoft.com/partner-center/developer/headers. ky neither retries nor follows redirects. */
export function kyTransport(options: TransportOptions, teardownId: string): Transport {
  let http: Promise<KyInstance> | undefined;
  return async ({ path, method, headers: own, json }, headers) => {
    http ??= httpClient(options, teardownId);
    const client = await http;
    // Bounds the reading of the body too, which ky's own timeout does not.
    const signal = AbortSignal.timeout(options.timeoutMs);
    const response = await client(path, {
      method,
      signal,
      headers: { ...own, ...headers },
      json,
    });
    const { status, headers: answered } = response;
    return { status, headers: answered, body: await bodyOf(response, signal) };
  };
}

/** The body of an answer. An error counts by its status and headers even if its body cannot be read. */
async function bodyOf(response: Response, signal: AbortSignal): Promise<string> {
  try {
    return await boundedText(response, signal);
  } catch (error) {
    if (response.ok) throw error;
    return `The body could not be read: ${errorMessage(error)}`;
  }
}

/** Loads ky (and with it Node's fetch) with the first request, so that the functions load faster. */
async function httpClient(
  { apiUrl, timeoutMs, fetch }: TransportOptions,
  teardownId: string,
): Promise<KyInstance> {
  const { default: ky } = await import('ky');
  return ky.create({
    prefix: `${apiUrl}/v1`,
    retry: 0,
    timeout: timeoutMs,
    throwHttpErrors: false,
    redirect: 'manual',
    ...defined({ fetch }),
    headers: {
      accept: 'application/json',
      'ms-correlationid': traceIdOf(teardownId),
      'ms-contract-version': 'v1',
      'ms-partnercenter-application': 'sandbox-teardown',
      'x-locale': 'en-US',
    },
  });
}
