/** Less than the minute before its time in which a run still counts as that of its time. */
const AHEAD_MS = 55_000;

/** A schedule that comes due in almost a minute: until then, runs by hand stand for that time, as early ones do. */
export function soonDue(nowMs = Date.now()): { readonly schedule: string; readonly dueMs: number } {
  const dueMs = Math.floor((nowMs + AHEAD_MS) / 1_000) * 1_000;
  const due = new Date(dueMs);
  const time = [due.getUTCSeconds(), due.getUTCMinutes(), due.getUTCHours()];
  return { schedule: `${time.join(' ')} * * *`, dueMs };
}
