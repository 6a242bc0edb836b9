import type { Facts } from '../guards/guard.ts';
import type { SandboxProof } from '../guards/sandbox-proof.ts';
import { takeInventory } from '../inventory/inventory.ts';
import { turnOf } from '../inventory/read-rotation.ts';
import type { Look } from '../model/check.ts';
import type { TeardownMode } from '../model/mode.ts';
import type { PartnerCenterReader } from '../model/partner-center.ts';
import type { Protection } from '../model/protection.ts';
import type { SweepRules } from '../model/sweep-rules.ts';
import { isLastLook, type Pacing } from './retry-policy.ts';

export interface FactSources {
  readonly reader: PartnerCenterReader;
  readonly proveSandbox: SandboxProof;
  readonly protections: readonly Protection[];
  /** Whom a sweep may ask for now; absent: nobody. */
  readonly sweepRules?: SweepRules | undefined;
  readonly mode: TeardownMode;
  readonly pacing: Pacing;
  readonly nowMs: number;
}

/** Facts about one look, each read when first asked for and never twice. */
export function factsAbout(look: Look, sources: FactSources): Facts {
  const { reader, mode, protections, pacing, sweepRules, nowMs } = sources;
  const customerId = look.request.customerTenantId;
  // What is left out has no other look to see to it.
  const turn = isLastLook(look, pacing, nowMs) ? undefined : turnOf(look, mode);
  const customer = once(() => reader.getCustomer(customerId));
  // Once begun, the lists tell whether the customer is still there; before a write it is read all the same.
  const named = async () =>
    look.begun
      ? { id: customerId, ...(look.domain !== undefined && { domain: look.domain }) }
      : customer();
  return {
    nowMs,
    mode,
    protections,
    sweepRules,
    customer,
    sandboxObjection: once(() => sources.proveSandbox(reader)),
    inventory: once(async () => takeInventory(reader, await named(), turn)),
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}
