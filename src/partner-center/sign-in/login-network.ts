import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { boundedText } from '../bounded-text.ts';
import { isTrouble, loginTrouble } from './login-trouble.ts';

const CALL_LIMIT_MS = 30_000;

/**
 * MSAL's requests, without following a redirect: its own client would send the form on, and with it the
 * app's secret and the refresh token, to whatever host an answer names.
 */
export function loginNetwork(): INetworkModule {
  return {
    sendGetRequestAsync: (url, options) => sendToLogin(url, { method: 'GET' }, options),
    sendPostRequestAsync: (url, options) =>
      sendToLogin(url, { method: 'POST', body: options?.body ?? '' }, options),
  };
}

/** One request to the login endpoint. Throws for an answer that is no JSON. */
export async function sendToLogin<T>(
  url: string,
  init: RequestInit,
  options: NetworkRequestOptions | undefined,
): Promise<NetworkResponse<T>> {
  const response = await fetch(url, {
    ...init,
    redirect: 'manual',
    headers: { ...options?.headers },
    signal: AbortSignal.timeout(CALL_LIMIT_MS),
  });
  const text = await boundedText(response);
  if (isTrouble(response.status)) throw await loginTrouble(response, text);
  try {
    // MSAL knows the shape.
    const body = JSON.parse(text) as T;
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  } catch {
    throw new Error(`The login endpoint answered ${response.status}, and not with JSON.`);
  }
}
