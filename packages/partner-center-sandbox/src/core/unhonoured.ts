import { invalidInput, type Reply } from './answer.ts';
import type { Call } from './call.ts';
import { queryProblem } from './query-parameters.ts';
import { headerProblem } from './request-headers.ts';
import type { Operation } from './routes.ts';

/** What a call would not honour it refuses and never ignores: parameters, headers, a body. */
export function unhonoured({
  route: { operation },
  query,
  headers,
  body,
  bodyProblem,
  repeated,
}: Call): Reply | undefined {
  if (repeated !== undefined) return invalidInput(`${repeated} is given twice.`);
  const hasBody = body !== undefined || bodyProblem !== undefined;
  return (
    queryProblem(operation, query) ??
    headerProblem(operation, query, headers) ??
    (hasBody && !WITH_BODY.has(operation) ? invalidInput('This call takes no body.') : undefined)
  );
}

/** "Request body: None" in the articles of all other calls; that one is refused is INFERRED. */
const WITH_BODY: ReadonlySet<Operation> = new Set([
  'patch-order',
  'patch-subscription',
  'cancel-azure-entitlement',
]);
