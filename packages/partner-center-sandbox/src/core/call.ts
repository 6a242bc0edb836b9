import type { Caller } from './caller.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { Customer } from './model.ts';
import type { View } from './resources.ts';
import type { Route } from './routes.ts';
import type { DeletedCustomer } from './state.ts';

/** One authenticated call on a known path, its names in lower case where case does not count. */
export interface Call {
  readonly route: Route;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: unknown;
  /** Why the body could not be read as JSON. */
  readonly bodyProblem: string | undefined;
  /** What came more often than can be honoured. */
  readonly repeated: string | undefined;
  readonly caller: Caller;
}

export interface World {
  readonly tenantId: string;
  readonly view: View;
  readonly customers: Map<string, Customer>;
  /** Those that were deleted, oldest first. */
  readonly deleted: DeletedCustomer[];
  /** The other accounts that there are. */
  readonly elsewhere: Elsewhere;
}
