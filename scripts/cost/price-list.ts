import prices from './prices.json' with { type: 'json' };

/** List price of one meter, in US dollars, with where and when it was read. */
export interface Price {
  readonly dollars: number;
  /** So many units. */
  readonly per: number;
  readonly unit: string;
  /** Units a month that another meter's charge pays for. */
  readonly included: number;
  /** Units a month that are a gift to each subscription. */
  readonly free: number;
  /** By which the Azure Retail Prices API knows it. */
  readonly meter: string;
  readonly source: string;
}

export type Meter = keyof typeof prices;

export const PRICES: Readonly<Record<Meter, Price>> = prices;

/** At list price, as if nothing were given. */
export function dollarsOf(meter: Meter, quantity: number): number {
  const { dollars, per, included } = PRICES[meter];
  return (Math.max(0, quantity - included) * dollars) / per;
}

/** What is charged where nothing else of the subscription uses the free grant. */
export function dollarsBeyondFree(meter: Meter, quantity: number): number {
  return dollarsOf(meter, Math.max(0, quantity - PRICES[meter].free));
}
