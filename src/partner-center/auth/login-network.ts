import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { describeRedirect } from '../http/redirect.ts';
import { isTransientStatus, loginError, withoutAnswer } from './login-errors.ts';
import type { HttpResponse, Network } from './network.ts';

/** Adapts the network to MSAL, in place of its own client, which follows redirects and reads without bounds. */
export function loginNetwork(by: Network): INetworkModule {
  return {
    sendGetRequestAsync: (url, options) => sendToLogin(by, url, { method: 'GET' }, options),
    sendPostRequestAsync: (url, options) =>
      sendToLogin(by, url, { method: 'POST', body: options?.body ?? '' }, options),
  };
}

/**
 * Sends one request to the login endpoint.
 *
 * @throws ServerError for 408, 429 and 5xx
 * @throws AuthError where no answer comes, or one that is not JSON
 */
export async function sendToLogin<T>(
  by: Network,
  url: string,
  init: RequestInit,
  options: NetworkRequestOptions | undefined,
): Promise<NetworkResponse<T>> {
  const answer = await by
    .send(url, { ...init, headers: { ...options?.headers } })
    .catch(async (error: unknown) => {
      throw await withoutAnswer(error);
    });
  const { status, headers, text } = answer;
  if (isTransientStatus(status)) throw await loginError(status, headers, text);
  const problem = problemOf(answer);
  if (problem !== undefined) throw await withoutAnswer(new Error(problem));
  // MSAL knows the shape.
  return { status, headers: Object.fromEntries(headers), body: JSON.parse(text) as T };
}

/** Why an answer cannot be read, in a sentence; undefined where it is JSON. */
export function problemOf({ status, headers, text }: HttpResponse): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const redirect = describeRedirect({ status, headers });
    return redirect ?? `The login endpoint answered ${status} without JSON.`;
  }
}
