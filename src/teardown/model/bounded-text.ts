import * as v from 'valibot';

/** As long as any id that the client takes. */
export const MAX_ID_LENGTH = 200;

/** A text that is not empty, and no longer than this. */
export const boundedText = (maxLength: number) =>
  v.pipe(v.string(), v.nonEmpty(), v.maxLength(maxLength));
