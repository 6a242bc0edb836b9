import type { FunctionsHost } from 'local-functions-host';
import type { EmbeddedStack } from '../../dev/stack/embedded-stack.ts';

/** How a scene must end, whoever was killed in it. */
export interface RightEnd {
  /** What subscribers see, once each and in any order: `<teardown> <outcome>`. */
  readonly outcomes: readonly string[];
  readonly customersLeft: number;
}

/** Something that the app does from beginning to end. */
export interface Scene {
  readonly settings?: Readonly<Record<string, string>>;
  /** Played later than this, it would be another scene. */
  readonly untilMs?: number;
  /** Of the first host only. */
  readonly firstSettings?: Readonly<Record<string, string>>;
  /** What is there before; none of it is an effect of the scene. The host is up already. */
  prepare(stack: EmbeddedStack): Promise<RightEnd>;
  /** Sets it going; resolves when the host has no more to do, or is dead. */
  begin(stack: EmbeddedStack, host: FunctionsHost, end: RightEnd): Promise<void>;
  /** What a second host does besides taking messages; undefined if the first one can do all. */
  again?(host: FunctionsHost): Promise<void>;
}

/** A timer fires. How its run ended, the host's events tell. */
export async function fire(host: FunctionsHost, timer: string): Promise<void> {
  await Promise.allSettled([host.invoke(timer)]);
}

/** So that all effects of a host are those of one timer, in one order. */
export const WITHOUT_TRIGGERS = {
  'AzureWebJobs.cancelOrders.Disabled': 'true',
  'AzureWebJobs.deleteCustomer.Disabled': 'true',
};
