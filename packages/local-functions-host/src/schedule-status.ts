import { readFileSync, writeFileSync } from 'node:fs';
import { UsageError } from '@sandbox-teardown/shared/command-line';
import * as v from 'valibot';
import { toError } from './invocation.ts';

const schema = v.object({
  /** When it last ran, unless it never did. */
  lastMs: v.optional(v.number()),
  nextMs: v.number(),
  lastUpdatedMs: v.number(),
});

/** What the real host remembers of a timer in its storage account. */
export type ScheduleStatus = v.InferOutput<typeof schema>;

export interface ScheduleStatuses {
  read(functionName: string): ScheduleStatus | undefined;
  write(functionName: string, status: ScheduleStatus): void;
}

/** Until the process ends. */
export function statusesInMemory(): ScheduleStatuses {
  const statuses = new Map<string, ScheduleStatus>();
  return {
    read: (name) => statuses.get(name),
    write: (name, status) => void statuses.set(name, status),
  };
}

const file = v.pipe(v.string(), v.parseJson(), v.record(v.string(), schema));

/**
 * In a file, so that a timer that fell due while no host ran is past due at the next start.
 * @throws UsageError with a message, if the file holds something else
 */
export function statusesInFile(path: string): ScheduleStatuses {
  const readAll = (): Record<string, ScheduleStatus> => {
    const result = v.safeParse(file, textOf(path));
    if (result.success) return result.output;
    throw new UsageError(
      `${path} does not hold the status of timers; remove it, or name another file.`,
    );
  };
  return {
    read: (name) => readAll()[name],
    write: (name, status) => writeFileSync(path, JSON.stringify({ ...readAll(), [name]: status })),
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}';
    throw new UsageError(`${path} cannot be read: ${toError(error).message}. Name another file.`);
  }
}
