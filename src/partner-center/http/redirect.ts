import type { Reply } from './transport.ts';

/**
 * Describes where a redirect leads; undefined for any other answer. Redirects are not followed, because our token would
 * go along.
 */
export function describeRedirect({
  status,
  headers,
}: Pick<Reply, 'status' | 'headers'>): string | undefined {
  if (status < 300 || status > 399) return undefined;
  const location = headers.get('location');
  if (location === null) return 'The answer is a redirect that leads nowhere.';
  const host = URL.parse(location)?.host ?? '';
  const where = host === '' ? 'another place of the same host' : `the host ${JSON.stringify(host)}`;
  return `The answer is a redirect to ${where}, which is not followed.`;
}
