import { invalidInput, type Reply, refuse } from './answer.ts';
import { unknownProblem, valueProblem } from './header-values.ts';
import type { Operation } from './routes.ts';

/**
 * "Not all API calls accept all headers" (article headers): what the sandbox would not honour it refuses. With which code
 * is INFERRED; 406 is in the list of article error-codes.
 */
export function headerProblem(
  operation: Operation,
  query: ReadonlyMap<string, string>,
  headers: ReadonlyMap<string, string>,
): Reply | undefined {
  const given = (name: string) => headers.get(name)?.trim() || undefined;
  return (
    unknownProblem(headers) ??
    valueProblem(given) ??
    contractProblem(given('ms-contract-version')) ??
    acceptProblem(given('accept')) ??
    tokenProblem(operation, query, given('ms-continuationtoken')) ??
    ifMatchProblem(operation, given('if-match'))
  );
}

/** "Required", and in hardly any sample: so it may be left out (INFERRED). */
function contractProblem(version: string | undefined): Reply | undefined {
  return version === undefined || version.toLowerCase() === 'v1'
    ? undefined
    : invalidInput('MS-Contract-Version must be v1.');
}

const ACCEPTED: ReadonlySet<string> = new Set(['application/json', 'application/*', '*/*']);

/** "Specifies the request and response type, application/json"; some samples send a list of types. */
function acceptProblem(accept: string | undefined): Reply | undefined {
  const types = (accept ?? '*/*')
    .split(',')
    .map((type) => type.split(';', 1)[0]?.trim().toLowerCase());
  return types.some((type) => type !== undefined && ACCEPTED.has(type))
    ? undefined
    : refuse(406, '3000', 'Answers are of the type application/json.');
}

/** Customers alone come in pages, and go on with `seekOperation` (the SDK's CustomerCollectionOperations). */
function tokenProblem(
  operation: Operation,
  query: ReadonlyMap<string, string>,
  token: string | undefined,
): Reply | undefined {
  if (token === undefined || (operation === 'list-customers' && query.has('seekoperation'))) {
    return undefined;
  }
  return invalidInput('MS-ContinuationToken goes with GET customers and a seekOperation.');
}

/** Those that change what has an etag; a customer has none, nor has an Azure subscription. */
const WITH_ETAG: ReadonlySet<Operation> = new Set(['patch-order', 'patch-subscription']);

function ifMatchProblem(operation: Operation, ifMatch: string | undefined): Reply | undefined {
  if (ifMatch === undefined || ifMatch === '*' || WITH_ETAG.has(operation)) return undefined;
  return invalidInput('If-Match is not supported by this call.');
}
