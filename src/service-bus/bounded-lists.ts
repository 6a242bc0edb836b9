/** Service Bus takes 256 KB a message (Standard tier); an event has three lists at most, and texts besides. */
const MAX_LIST_BYTES = 48 * 1024;

/**
 * An event's data, each of its lists cut where it grows too long for a message; `leftOut` counts, by the list's
 * name, what is not there.
 */
export function boundedLists(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const leftOut: Record<string, number> = {};
  const entries = Object.entries(data).map(([name, value]) => {
    if (!Array.isArray(value)) return [name, value] as const;
    const kept = beginningOf(value);
    if (kept.length < value.length) leftOut[name] = value.length - kept.length;
    return [name, kept] as const;
  });
  const isCut = Object.keys(leftOut).length > 0;
  return { ...Object.fromEntries(entries), ...(isCut && { leftOut }) };
}

function beginningOf(list: readonly unknown[]): readonly unknown[] {
  let bytes = 0;
  const end = list.findIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(item));
    return bytes > MAX_LIST_BYTES;
  });
  return end < 0 ? list : list.slice(0, end);
}
