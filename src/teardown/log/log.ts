import type { EVENTS, EventName } from './log-events.ts';
import type { FIELDS, FieldName } from './log-fields.ts';

interface TypeOf {
  readonly text: string;
  readonly number: number;
  readonly flag: boolean;
}

type ValueOf<F extends FieldName> = (typeof FIELDS)[F] extends { readonly values: infer V }
  ? keyof V
  : TypeOf[(typeof FIELDS)[F]['type']];

/** The fields of an event, without `correlationId`. */
export type FieldsOf<E extends EventName> = {
  readonly [F in (typeof EVENTS)[E]['fields'][number]]: ValueOf<F>;
} & { readonly [F in (typeof EVENTS)[E]['optional'][number]]?: ValueOf<F> | undefined };

/** Writes one structured line. Must never be given a token, a secret or a whole body. */
export type Log = <E extends EventName>(event: E, fields: FieldsOf<E>) => void;

/** The log of one teardown or one sweep, whose id is in every line. */
export type LogOf = (correlationId: string) => Log;
