import type { LogLevel } from './core-contract.ts';
import type { HostEvent } from './events.ts';

const SEVERITY: Record<LogLevel, number> = {
  trace: 0,
  debug: 1,
  information: 2,
  warning: 3,
  error: 4,
  critical: 5,
  none: 6,
};

const DEFAULT_LEVEL: LogLevel = 'information';

/** One line of the host's log. */
export interface LogEntry {
  level: LogLevel;
  /** A dotted category such as `Function.cancelOrders.User` or `Host.Startup`. */
  category: string;
  message: string;
  functionName?: string;
  invocationId?: string;
}

export type Log = (entry: LogEntry) => void;

/** Where the host's output goes. */
export interface LogSinks {
  stdout(line: string): void;
  stderr(line: string): void;
  emit(event: HostEvent): void;
  now(): Date;
}

/**
 * The lowest level that a category shows: that of the longest configured category which is the same or a dotted prefix
 * of it, else of `default`, else information.
 */
export function minimumLevel(
  category: string,
  levels: Readonly<Record<string, LogLevel>>,
): LogLevel {
  const matching = Object.keys(levels)
    .filter((name) => isPrefix(name.toLowerCase(), category.toLowerCase()))
    .sort((a, b) => b.length - a.length);
  const fallback = Object.keys(levels).find((name) => name.toLowerCase() === 'default');
  return levels[matching[0] ?? fallback ?? ''] ?? DEFAULT_LEVEL;
}

function isPrefix(name: string, category: string): boolean {
  return category === name || category.startsWith(`${name}.`);
}

/** Tells whether an entry is shown under the given minimum levels. */
export function isShown(
  entry: Pick<LogEntry, 'level' | 'category'>,
  levels: Readonly<Record<string, LogLevel>>,
): boolean {
  const lowest = SEVERITY[minimumLevel(entry.category, levels)];
  return entry.level !== 'none' && SEVERITY[entry.level] >= lowest;
}

/** A log that writes lines like the real host's, errors to stderr, and tells the parent process of each. */
export function createLog(levels: Readonly<Record<string, LogLevel>>, sinks: LogSinks): Log {
  return (entry) => {
    if (!isShown(entry, levels)) return;
    const line = formatEntry(entry, sinks.now());
    if (SEVERITY[entry.level] >= SEVERITY.error) sinks.stderr(line);
    else sinks.stdout(line);
    sinks.emit({ type: 'log', ...entry });
  };
}

/** `[time] message`, with the level wherever it is not plain information, and the name where a function speaks. */
export function formatEntry(entry: LogEntry, time: Date): string {
  const level = entry.level === 'information' ? '' : `${entry.level}: `;
  const speaker = entry.category.endsWith('.User') ? `[${entry.functionName}] ` : '';
  return `[${time.toISOString()}] ${speaker}${level}${entry.message}`;
}
