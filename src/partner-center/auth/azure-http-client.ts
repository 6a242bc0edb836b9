import type { HttpClient, PipelineRequest } from '@azure/core-rest-pipeline';
import { defined } from '../../shared/defined.ts';
import type { HttpResponse, Network } from './network.ts';

/** Adapts the network to the Azure libraries, in place of their own client, which reads without bounds. */
export function azureHttpClient(network: Pick<Network, 'send'>): HttpClient {
  return {
    async sendRequest(request) {
      const { createHttpHeaders } = await import('@azure/core-rest-pipeline');
      const { status, headers, text } = await answerTo(request, network);
      return {
        request,
        status,
        headers: createHttpHeaders(Object.fromEntries(headers)),
        bodyAsText: text,
      };
    },
  };
}

async function answerTo(
  request: PipelineRequest,
  network: Pick<Network, 'send'>,
): Promise<HttpResponse> {
  const { url, method, headers, body, abortSignal, allowInsecureConnection } = request;
  // The libraries allow this for identity endpoints, which are on this machine.
  if (!allowInsecureConnection && new URL(url).protocol !== 'https:') {
    throw new Error(`Nothing is sent to ${new URL(url).host} without TLS.`);
  }
  if (body && typeof body !== 'string') {
    throw new TypeError('A sign-in sends nothing but text.');
  }
  const signal = abortSignal as AbortSignal | undefined;
  try {
    return await network.send(url, {
      method,
      headers: headers.toJSON(),
      ...defined({ body: body || undefined, signal }),
    });
  } catch (error) {
    throw await asTheirs(error, request, signal);
  }
}

/** Converts an error to the libraries' own type, by which they decide whether to retry. */
async function asTheirs(
  error: unknown,
  request: PipelineRequest,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  if (signal?.aborted || !(error instanceof TypeError)) return error;
  const { RestError } = await import('@azure/core-rest-pipeline');
  const { cause } = error;
  const code =
    cause instanceof Error && 'code' in cause ? String(cause.code) : RestError.REQUEST_SEND_ERROR;
  const why = cause instanceof Error ? cause.message : error.message;
  return new RestError(why, { code, request });
}
