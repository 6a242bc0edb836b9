import type { Protection } from '../src/teardown/model/protection.ts';
import type { Choices } from './choices.ts';

/** A protection of one customer, by one of its names. */
export interface Shield {
  /** The customer's place. */
  readonly customer: number;
  readonly by: 'id' | 'domain' | 'pattern';
  /** How long after the faults began it ends by itself; absent: never. */
  readonly endsAfterMs?: number;
}

interface Named {
  readonly id: string;
  readonly domain: string;
}

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

export function shieldOf(customer: number, choices: Choices): Shield {
  const ends = choices.among(['never', 'soon', 'later', 'over'], 0.45);
  const soon = { endsAfterMs: choices.between(1, 40) * SECOND_MS };
  // At exactly this time, or just after it.
  const over = { endsAfterMs: choices.between(0, 1) };
  const later = { endsAfterMs: choices.between(1, 20) * MINUTE_MS };
  return {
    customer,
    by: choices.among(['id', 'domain', 'pattern'], 0.4),
    ...(ends === 'soon' && soon),
    ...(ends === 'later' && later),
    ...(ends === 'over' && over),
  };
}

/** The protection as in the setting PROTECTED_CUSTOMERS. */
export function protectionBy(
  { customer, by, endsAfterMs }: Shield,
  customers: readonly Named[],
  startMs: number,
): Protection {
  const { id = '', domain = '' } = customers[customer] ?? {};
  const names = { id: id.toUpperCase(), domain: domain.toUpperCase(), pattern: patternOf(domain) };
  return {
    customer: names[by],
    owner: 'somebody',
    ...(endsAfterMs !== undefined &&
      Number.isFinite(startMs) && { untilMs: startMs + endsAfterMs }),
  };
}

/** A pattern for this domain and hardly any other. */
function patternOf(domain: string): string {
  return `${domain.slice(0, 6)}*${domain.slice(7)}`;
}
