import type { Reply, SandboxAnswer } from './answer.ts';
import type { Caller } from './caller.ts';
import { GUID } from './identifiers.ts';
import type { Random } from './random.ts';

/** Names without regard to case, as HTTP has its headers and the service its query. */
export function lowerNames(
  named: Readonly<Record<string, string>> | undefined,
): ReadonlyMap<string, string> {
  return new Map(Object.entries(named ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}

export interface Identifiers {
  readonly requestId: string;
  readonly correlationId: string;
}

/** Those that were sent, else new ones: "if absent the server makes one" (article headers); what is none is refused later. */
export function identifiersOf(headers: ReadonlyMap<string, string>, random: Random): Identifiers {
  const sent = (name: string) => {
    const value = headers.get(name)?.trim() ?? '';
    return GUID.test(value) ? value : random.guid();
  };
  return { requestId: sent('ms-requestid'), correlationId: sent('ms-correlationid') };
}

/** What it speaks; another one is refused (`request-headers.ts`). */
const LOCALE = 'en-US';

/** Adds what every answer carries (articles headers and get-a-collection-of-entitlements). */
export function completeAnswer(
  { status, headers, body }: Reply,
  { requestId, correlationId }: Identifiers,
  requested: ReadonlyMap<string, string>,
  caller: Caller | undefined,
): SandboxAnswer {
  return {
    status,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
      'MS-RequestId': requestId,
      'MS-CorrelationId': correlationId,
      'MS-ServerId': 'simulated',
      'X-Locale': LOCALE,
      ...mfaHeader(requested, caller),
      ...headers,
    },
    body,
    delayMs: 0,
    dropped: false,
  };
}

/** Asked for with `ValidateMfa: true`; that the answer is a header and not in the body is UNCONFIRMED. */
function mfaHeader(requested: ReadonlyMap<string, string>, caller: Caller | undefined) {
  if (requested.get('validatemfa')?.toLowerCase() !== 'true' || caller?.appOnly !== false)
    return {};
  return { isMfaCompliant: String(caller.mfa === true) };
}
