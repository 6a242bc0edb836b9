import prices from './prices.json' with { type: 'json' };

/** List price of one meter, in US dollars, with where and when it was read. */
export interface Price {
  readonly dollars: number;
  /** How many units the price is for. */
  readonly per: number;
  readonly unit: string;
  /** Units a month included in another meter's charge. */
  readonly included: number;
  /** Units a month that are free for each subscription. */
  readonly free: number;
  /** Its name in the Azure Retail Prices API. */
  readonly meter: string;
  readonly source: string;
}

export type Meter = keyof typeof prices;

export const PRICES: Readonly<Record<Meter, Price>> = prices;

/** At list price, without free units. */
export function dollarsOf(meter: Meter, quantity: number): number {
  const { dollars, per, included } = PRICES[meter];
  return (Math.max(0, quantity - included) * dollars) / per;
}

/** The charge if nothing else in the subscription uses the free grant. */
export function dollarsBeyondFree(meter: Meter, quantity: number): number {
  return dollarsOf(meter, Math.max(0, quantity - PRICES[meter].free));
}
