import { api } from '../../src/partner-center/api.ts';
import { partnerCenterClient } from '../../src/partner-center/client.ts';
import {
  type ErrorResponse,
  PartnerCenterError,
} from '../../src/teardown/model/partner-center-error.ts';

export const API_URL = 'https://partner-center.invalid';

/** A request as it was sent. */
export interface Sent {
  readonly call: string;
  readonly headers: Headers;
  readonly body: string;
}

/** The app's client without a network: everything it asks is answered so; what it sends is kept. */
export function answeringClient(answerTo: (sent: Sent) => Response) {
  const sent: Sent[] = [];
  const token = { token: 'token', expiresMs: Number.POSITIVE_INFINITY };
  const client = partnerCenterClient(
    api(
      {
        apiUrl: API_URL,
        tokens: { current: async () => token, after: async () => token },
        limiter: { take: () => undefined, pause: () => undefined },
        timeoutMs: 10_000,
        nowMs: () => 0,
        fetch: async (input, init) => {
          const request = new Request(input, init);
          const call = `${request.method} ${request.url.slice(API_URL.length)}`;
          const each = { call, headers: request.headers, body: await request.text() };
          sent.push(each);
          return answerTo(each);
        },
      },
      'teardown-1',
    ),
  );
  return { client, sent };
}

/** The error that a call ends in; undefined where it ends well. */
export async function answerTo(call: Promise<unknown>): Promise<ErrorResponse | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof PartnerCenterError) return error.response;
    throw error;
  }
}
