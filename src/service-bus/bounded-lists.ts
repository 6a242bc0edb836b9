/**
 * A message has at most 256 KB (Standard tier); an event has up to three lists, and other texts. Source:
 * https://learn.microsoft.com/azure/service-bus-messaging/service-bus-quotas
 */
const MAX_LIST_BYTES = 48 * 1024;

/**
 * The data of an event, with lists that are too long for a message cut off; `leftOut` counts what is missing, by the
 * list's name.
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
