import * as v from 'valibot';
import { documentedStatus } from './documented-codes.ts';
import { operations } from './routes.ts';

const MAX_DELAY_MS = 30 * 24 * 3_600_000;
const MAX_TEXT = 200;

/** What every such call for the customer answers, for so long if that is said. */
export const RefusalSchema = v.pipe(
  v.strictObject({
    operation: v.picklist(operations),
    /** Of article error-codes, with the status that it has there. Without one the answer is bare, or with a text the gateway's. */
    code: v.exactOptional(
      v.pipe(
        v.string(),
        v.check((code) => documentedStatus(code) !== undefined, 'no article has this code'),
      ),
    ),
    /** In place of the article's; needed without a code. */
    status: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599))),
    description: v.exactOptional(v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_TEXT))),
    forMs: v.exactOptional(
      v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_DELAY_MS)),
    ),
  }),
  v.check(({ code, status }) => (code ?? status) !== undefined, 'needs a code or a status'),
);
