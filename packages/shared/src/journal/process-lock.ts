import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { JournalError } from './journal-error.ts';

/** As the journal itself. */
const FOR_ITS_OWNER = 0o600;

/** What this process holds: its own id in a left-over lock file may be that of an earlier process. */
const heldHere = new Set<string>();

/**
 * Keeps other processes from a file, by a second one that names this process. One left behind by a process that
 * is no more does not count.
 * @returns what gives it back
 * @throws JournalError when someone else has it
 */
export function lockForThisProcess(path: string): () => void {
  const lockPath = `${path}.lock`;
  const holder = holderOf(lockPath);
  if (holder !== undefined && isAlive(holder, lockPath)) {
    throw new JournalError(
      `The journal ${path} is in use by the process ${holder}: end that process, or take another file. If it has nothing to do with it, remove ${lockPath}.`,
    );
  }
  // One left behind keeps the mode that it was made with.
  rmSync(lockPath, { force: true });
  writeFileSync(lockPath, `${process.pid}\n`, { mode: FOR_ITS_OWNER });
  heldHere.add(lockPath);
  return () => {
    if (heldHere.delete(lockPath)) rmSync(lockPath, { force: true });
  };
}

function holderOf(lockPath: string): number | undefined {
  try {
    return Number(readFileSync(lockPath, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(processId: number, lockPath: string): boolean {
  if (processId === process.pid) return heldHere.has(lockPath);
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and someone else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
