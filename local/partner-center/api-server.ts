import type { Clock } from '../clock.ts';
import { gatewayRefuse } from './core/answer.ts';
import { createShell, type Shell, type ShellRequest } from './http-shell.ts';
import type { ServedAccounts } from './served-accounts.ts';

/** The API under `/v1`: HTTP around the core. */
export function createApiServer(accounts: ServedAccounts, clock: Clock): Shell {
  return createShell({
    clock,
    refuse: (status, message) => ({ body: undefined, ...gatewayRefuse(status, message) }),
    answer: (request) => {
      const caller = accounts.callerOf(request.headers['authorization']);
      return accounts.handle({
        method: request.method,
        path: request.path,
        query: Object.fromEntries(request.query),
        headers: request.headers,
        ...readBody(request),
        ...(caller === undefined ? {} : { caller }),
      });
    },
  });
}

/** Media types that the REST reference names: `application/json`, `text/json`, `application/*+json`. */
const JSON_TYPE = /^\s*(application|text)\/([\w.-]+\+)?json\s*(;|$)/i;

function readBody({ text, contentType }: ShellRequest): { body?: unknown; bodyProblem?: string } {
  // The SDK's Activate sends `null`, as it sends all that it has no content for.
  if (text === '' || text === 'null') return {};
  if (!JSON_TYPE.test(contentType)) {
    return { bodyProblem: `The content type ${contentType || '(none)'} is not supported.` };
  }
  try {
    return { body: JSON.parse(text) };
  } catch {
    return { bodyProblem: 'The body is not valid JSON.' };
  }
}
