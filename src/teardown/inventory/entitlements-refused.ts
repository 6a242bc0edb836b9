import { classifyError } from '../errors/classify-error.ts';
import type { Log } from '../log/log.ts';
import type { PartnerCenterReader } from '../model/partner-center.ts';
import { PartnerCenterError } from '../model/partner-center-error.ts';

/** After this time they are requested again: the application may have been given more permissions. */
export const ASK_AGAIN_AFTER_MS = 60 * 60 * 1000;

/** Wraps the reader of one check. */
export type SkipRefusedEntitlements = <R extends PartnerCenterReader>(reader: R, log: Log) => R;

/**
 * For one instance: entitlements that its credentials may not read are requested and logged once, not in every check.
 * Meanwhile the reader repeats the error without a request.
 */
export function skipRefusedEntitlements(nowMs: () => number): SkipRefusedEntitlements {
  let refused: { readonly error: PartnerCenterError; readonly untilMs: number } | undefined;

  const remember = (error: unknown, log: Log): void => {
    if (!mayGoOnWithout(error)) return;
    if (refused === undefined) log('entitlements-refused', { why: error.message });
    refused = { error, untilMs: nowMs() + ASK_AGAIN_AFTER_MS };
  };

  return (reader, log) => ({
    ...reader,
    async listEntitlements(customerId) {
      if (refused !== undefined && nowMs() < refused.untilMs) throw refused.error;
      return reader.listEntitlements(customerId).catch((error: unknown) => {
        remember(error, log);
        throw error;
      });
    },
  });
}

function mayGoOnWithout(error: unknown): error is PartnerCenterError {
  return (
    error instanceof PartnerCenterError && classifyError(error.response).kind === 'go-on-without'
  );
}
