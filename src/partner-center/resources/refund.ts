import * as v from 'valibot';
import { optionalDateMs } from './date.ts';

/**
 * https://learn.microsoft.com/partner-center/developer/subscription-resources calls it `expiresAfter`, its samples
 * `expiresAt`.
 */
const refundOption = v.object({ expiresat: optionalDateMs, expiresafter: optionalDateMs });

/** Options that cannot be read are none. */
const refundOptions = v.fallback(v.nullish(v.array(refundOption), []), []);

/** What a subscription says of its cancellation. */
export const refundFields = {
  refundoptions: refundOptions,
  cancellationalloweduntildate: optionalDateMs,
};

/**
 * Until when its price is given back, be it in part: the latest of the options. Undefined where nothing is said, or
 * where an option names no end that can be read: null means that it has none.
 */
export function refundableUntilMs({
  refundoptions,
}: v.InferOutput<v.ObjectSchema<typeof refundFields, undefined>>): number | undefined {
  const ends = refundoptions.map(({ expiresat, expiresafter }) => expiresat ?? expiresafter);
  const known = ends.filter((each) => each !== undefined);
  return known.length === 0 || known.length < ends.length ? undefined : Math.max(...known);
}
