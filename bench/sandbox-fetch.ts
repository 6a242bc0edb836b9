import type { Sandbox } from '../local/partner-center/core/sandbox.ts';

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
    const body = answer.body === undefined ? null : JSON.stringify(answer.body);
    return new Response(body, { status: answer.status, headers: answer.headers });
  };
}
