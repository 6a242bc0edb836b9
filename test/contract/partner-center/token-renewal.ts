/** A real token lives an hour or more, and a run waits longer than that. */
const RENEW_AFTER_MS = 30 * 60_000;

/** The token of now: the same one for half an hour. */
export function renewing(
  fetchToken: () => Promise<string>,
  nowMs: () => number,
): () => Promise<string> {
  let known: { readonly token: Promise<string>; readonly fromMs: number } | undefined;
  return () => {
    if (known === undefined || nowMs() - known.fromMs >= RENEW_AFTER_MS) {
      known = { token: fetchToken(), fromMs: nowMs() };
    }
    return known.token;
  };
}
