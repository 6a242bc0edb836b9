import { availableParallelism, loadavg } from 'node:os';
import { number } from './words.ts';

/** What measured times depend on. */
export interface Machine {
  readonly node: string;
  readonly processors: number;
  readonly load: number;
}

export function thisMachine(): Machine {
  const [load = 0] = loadavg();
  return { node: process.version, processors: availableParallelism(), load };
}

export function machineName({ node, processors, load }: Machine): string {
  return `Node ${node}, ${processors} processors at a load of ${number(load)}`;
}
