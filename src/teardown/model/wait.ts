import * as v from 'valibot';
import { boundedText, MAX_ID_LENGTH } from './bounded-text.ts';

/** More than a sandbox's customer can hold; what waits for more reads everything at each check. */
export const MAX_WAITS = 50;

const MAX_STATE_LENGTH = 100;

/** However little changes, everything is read this often: what was bought meanwhile is to be found. */
export const MAX_UNREAD_MS = 30 * 60 * 1000;

/** Becomes part of a path. */
const isId = (id: string): boolean =>
  id.isWellFormed() && !/[\s/\\?#\p{Cc}]/u.test(id) && !/^\.{1,2}$/.test(id);

/** Something that a teardown waits for, and how it read when everything was last read. */
export const waitSchema = v.pipe(
  v.strictObject({
    kind: v.picklist(['azure-plan', 'subscription', 'order']),
    id: v.pipe(boundedText(MAX_ID_LENGTH), v.check(isId, 'Invalid id')),
    state: boundedText(MAX_STATE_LENGTH),
    /** A call can be made once this has changed; without it there is nothing to do but to wait for the end. */
    hasNextCall: v.exactOptional(v.literal(true)),
  }),
  v.readonly(),
);
export type Wait = v.InferOutput<typeof waitSchema>;

export const waitsSchema = v.pipe(
  v.array(waitSchema),
  v.nonEmpty(),
  v.maxLength(MAX_WAITS),
  v.readonly(),
);

/** In words, for people. */
export function nameOfWait({ kind, id, state }: Wait): string {
  return `${NAMES[kind]} ${id} (${state})`;
}

const NAMES: Readonly<Record<Wait['kind'], string>> = {
  'azure-plan': 'Azure subscriptions of plan',
  subscription: 'subscription',
  order: 'order',
};
