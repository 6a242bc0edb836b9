import { defined } from '../../shared/defined.ts';
import type { Facts } from '../guards/guard.ts';
import type { SandboxProof } from '../guards/sandbox-proof.ts';
import { takeInventory } from '../inventory/inventory.ts';
import type { Check } from '../model/check.ts';
import type { TeardownMode } from '../model/mode.ts';
import type { PartnerCenterReader } from '../model/partner-center.ts';
import type { Protection } from '../model/protection.ts';
import type { SweepRules } from '../model/sweep-rules.ts';

export interface FactSources {
  readonly reader: PartnerCenterReader;
  readonly proveSandbox: SandboxProof;
  readonly protections: readonly Protection[];
  /** The customers that a sweep may request now; absent: none. */
  readonly sweepRules?: SweepRules | undefined;
  readonly mode: TeardownMode;
  readonly nowMs: number;
}

/** The facts for one check, each read when it is first needed, and never twice. */
export function factsAbout(check: Check, sources: FactSources): Facts {
  const { reader, mode, protections, sweepRules, nowMs } = sources;
  const customerId = check.request.customerTenantId;
  const customer = once(() => reader.getCustomer(customerId));
  // Once begun, the lists show whether the customer still exists; before a write it is read all the same.
  const named = async () =>
    check.begun ? defined({ id: customerId, domain: check.domain }) : customer();
  return {
    nowMs,
    mode,
    protections,
    sweepRules,
    customer,
    sandboxObjection: once(() => sources.proveSandbox(reader)),
    inventory: once(async () => takeInventory(reader, await named())),
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}
