import { randomUUID } from 'node:crypto';
import { everyRequest, type Question } from './requests.ts';

/** What came back, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** `undefined` where the text is no JSON. */
  readonly json: unknown;
}

/** In place of the sender's own. */
export interface SentWith {
  readonly token?: string;
  readonly requestId?: string;
  readonly correlationId?: string;
}

export type Ask = (question: Question, sentWith?: SentWith) => Promise<Answer>;

const TIMEOUT_MS = 60_000;

/** Sends what is written down in `requests.ts`, as it is written there, and follows no redirect. */
export function sender(apiUrl: string, tokenNow: () => Promise<string>): Ask {
  return async ({ method, path, headers = {}, body }, sentWith = {}) => {
    const {
      token = await tokenNow(),
      requestId = randomUUID(),
      correlationId = randomUUID(),
    } = sentWith;
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { ...everyRequest(token, requestId, correlationId), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: jsonOf(text) };
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
