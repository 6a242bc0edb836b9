import * as v from 'valibot';
import { optionalDateMs } from './date.ts';

/**
 * https://learn.microsoft.com/partner-center/developer/subscription-resources calls it `expiresAfter`, its samples
 * `expiresAt`.
 */
const refundOption = v.object({ expiresat: optionalDateMs, expiresafter: optionalDateMs });

/** Unreadable options count as none. */
const refundOptions = v.fallback(v.nullish(v.array(refundOption), []), []);

/** The fields of a subscription about its cancellation. */
export const refundFields = {
  refundoptions: refundOptions,
  cancellationalloweduntildate: optionalDateMs,
};

/**
 * Until when the price is refunded, at least in part: the latest of the options. Undefined without options, or where an
 * option has no readable end: null means that it does not end.
 */
export function refundableUntilMs({
  refundoptions,
}: v.InferOutput<v.ObjectSchema<typeof refundFields, undefined>>): number | undefined {
  const ends = refundoptions.map(({ expiresat, expiresafter }) => expiresat ?? expiresafter);
  const known = ends.filter((each) => each !== undefined);
  return known.length === 0 || known.length < ends.length ? undefined : Math.max(...known);
}
