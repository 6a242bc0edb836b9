import type { Sandbox, SandboxAnswer } from 'partner-center-sandbox/core';

/** `fetch` that reaches the simulated sandbox's core without a socket, on whatever clock it runs. */
export function sandboxFetch(sandbox: Sandbox): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const text = await request.text();
    const answer = sandbox.handle({
      method: request.method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(request.headers),
      ...(text !== '' && { body: JSON.parse(text) as unknown }),
      caller: sandbox.appOnlyCaller,
    });
    if (answer.dropped) throw new TypeError('fetch failed');
    return new Response(bodyOf(answer), { status: answer.status, headers: answer.headers });
  };
}

/** A text body is sent unchanged, as over a socket; 204 has no body. */
function bodyOf({ status, body }: SandboxAnswer): string | null {
  if (body === undefined || status === 204) return null;
  return typeof body === 'string' ? body : JSON.stringify(body);
}
