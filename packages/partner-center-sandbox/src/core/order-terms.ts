import type { Order } from './model.ts';
import { products } from './products.ts';

/** Terms are ISO 8601 durations: `P1M`, `P1Y` and `P3Y` (article order-resources). */
const MONTHS: Readonly<Record<string, number>> = { P1M: 1, P1Y: 12, P3Y: 36 };

/** When what was bought runs out; `undefined` if never. */
export function termEndMs({ kind, createdMs }: Order): number | undefined {
  const months = MONTHS[products[kind].termDuration ?? ''];
  if (months === undefined) return undefined;
  const end = new Date(createdMs);
  end.setUTCMonth(end.getUTCMonth() + months);
  return end.getTime();
}
