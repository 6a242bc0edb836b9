/** `[-][days.]hours:minutes[:seconds[.fraction]]`, the form .NET writes and host.json uses. */
const TIME_SPAN =
  /^(?<sign>-)?(?:(?<days>\d{1,8})\.)?(?<hours>\d{1,2}):(?<minutes>\d{1,2})(?::(?<seconds>\d{1,2})(?:\.(?<fraction>\d{1,7}))?)?$/;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Reads a .NET time span into milliseconds; `undefined` if the text is not one. */
export function parseTimeSpanMs(text: string): number | undefined {
  const parts = TIME_SPAN.exec(text.trim())?.groups;
  if (parts === undefined) return undefined;
  const hours = Number(parts['hours']);
  const minutes = Number(parts['minutes']);
  const seconds = Number(parts['seconds'] ?? 0);
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const fractionMs = Number(`0.${parts['fraction'] ?? 0}`) * SECOND_MS;
  const ms =
    Number(parts['days'] ?? 0) * DAY_MS +
    hours * HOUR_MS +
    minutes * MINUTE_MS +
    seconds * SECOND_MS +
    fractionMs;
  return parts['sign'] === undefined ? ms : -ms;
}
