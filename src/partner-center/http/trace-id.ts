import { createHash } from 'node:crypto';

/** A GUID derived from a teardown's id: a teardown has the same trace on every instance. */
export function traceIdOf(teardownId: string): string {
  const hex = createHash('sha256').update(teardownId).digest('hex');
  const variant = (8 + (Number.parseInt(hex.charAt(16), 16) % 4)).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
