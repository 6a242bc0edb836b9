/** What the sandbox answers; `body` is `undefined` (none), a text (then it is no JSON) or a JSON value. */
export interface SandboxAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** How long the answer is held back, by an injected fault. */
  readonly delayMs: number;
  /** The connection closes without an answer, by an injected fault. */
  readonly dropped: boolean;
}

/** An answer before the headers that every answer carries. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface WriteReply {
  readonly reply: Reply;
  /** What really changed, in one word for the record of writes; absent if nothing did. */
  readonly change?:
    | 'cancel-order'
    | 'cancel-line-items'
    | 'patch-subscription'
    | 'cancel-azure'
    | 'activate-subscription';
}

export const json = (body: unknown, status = 200): Reply => ({ status, body });
export const noContent: Reply = { status: 204 };

const SOURCE = 'PartnerFD';

/** The service's error shape, article error-codes: the code is a text, although the table prints numbers. */
export function refuse(status: number, code: string, description: string, data?: string[]): Reply {
  return {
    status,
    body: { code, description, ...(data === undefined ? {} : { data }), source: SOURCE },
  };
}

/** The same with the code as a number; the gateway's shape has none. */
export function withNumericCode(reply: Reply): Reply {
  const { body } = reply;
  if (typeof body !== 'object' || body === null || !('code' in body)) return reply;
  return { ...reply, body: { ...body, code: Number(body.code) } };
}

/** The same with another text; the gateway's shape has none of this name. */
export function withDescription(reply: Reply, change: (text: string) => string): Reply {
  const { body } = reply;
  const has = typeof body === 'object' && body !== null && 'description' in body;
  if (!has || typeof body.description !== 'string') return reply;
  return { ...reply, body: { ...body, description: change(body.description) } };
}

/** The gateway's error shape, article api-throttling-guidance. */
export function gatewayRefuse(
  statusCode: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status: statusCode, headers, body: { statusCode, message } };
}

/** "Invalid property": the code of every malformed input, whose description says what is wrong. */
export const invalidInput = (description: string): Reply => refuse(400, '3000', description);

/** Wraps items as every collection of the API does. */
export const collection = (items: readonly unknown[], more: Record<string, unknown> = {}) => ({
  totalCount: items.length,
  items,
  ...more,
  attributes: { objectType: 'Collection' },
});

export const link = (uri: string, method = 'GET') => ({ uri, method, headers: [] });
