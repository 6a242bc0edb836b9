import type { Clock } from '@sandbox-teardown/shared/clock';
import { gatewayRefuse } from './core/answer.ts';
import { repeatedIn } from './core/input.ts';
import { createShell, type Shell, type ShellRequest } from './http-shell.ts';
import { repeatedField } from './repeated-field.ts';
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
        ...repeatedOf(request),
        ...(caller === undefined ? {} : { caller }),
      });
    },
  });
}

/** What came twice and can be there once; all but one of it would be ignored. */
function repeatedOf({ query, repeatedHeaders }: ShellRequest): { repeated?: string } {
  const parameter = repeatedIn(query.keys());
  const [header] = repeatedHeaders;
  if (parameter !== undefined) return { repeated: `The query parameter ${parameter}` };
  return header === undefined ? {} : { repeated: `The header ${header}` };
}

/** Media types that the REST reference names: `application/json`, `text/json`, `application/*+json`. */
const JSON_TYPE = /^\s*(application|text)\/([\w.-]+\+)?json\s*(;|$)/i;

function readBody({ text, contentType }: ShellRequest): {
  body?: unknown;
  bodyProblem?: string;
  repeated?: string;
} {
  // The SDK's Activate sends `null`, as it sends all that it has no content for.
  if (text === '' || text === 'null') return {};
  if (!JSON_TYPE.test(contentType)) {
    return { bodyProblem: `The content type ${contentType || '(none)'} is not supported.` };
  }
  try {
    const body: unknown = JSON.parse(text);
    const field = repeatedField(text);
    return { body, ...(field === undefined ? {} : { repeated: `The field ${field}` }) };
  } catch {
    return { bodyProblem: 'The body is not valid JSON.' };
  }
}
