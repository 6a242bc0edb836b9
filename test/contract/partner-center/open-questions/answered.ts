import type { CustomerSpec, PurchaseSpec, SandboxSettings } from 'partner-center-sandbox/core';
import type { Simulated } from '../simulated.ts';

type Sees = Readonly<Record<string, readonly string[]>>;

export interface OpenQuestion extends Simulated {
  readonly name: string;
  /** What the suite must have been told, by the question. */
  readonly sees: Sees;
}

/** The simulated sandbox with other settings than its own; the customer has one of everything unless it is said. */
export function answered(
  settings: Partial<SandboxSettings>,
  sees: Sees = {},
  more: Omit<Simulated, 'settings'> & { readonly of?: string } = {},
): OpenQuestion {
  const { of, ...rest } = more;
  const name = `${JSON.stringify(settings)}${of === undefined ? '' : `, ${of}`}`;
  return { name, settings, sees, ...rest };
}

export const holding = (...purchases: PurchaseSpec[]): CustomerSpec => ({ purchases });
export const kept = { mustEnd: 'kept' } as const;
