import type { LogLevel } from './core-contract.ts';

/** A function as the host runs it: its name, and what starts it. */
export interface FunctionSummary {
  name: string;
  /** `serviceBusTrigger` or `timerTrigger`. */
  trigger: string;
}

/** What a host process tells the process that started it, over Node's IPC channel. */
export type HostEvent =
  | { type: 'ready'; functions: FunctionSummary[]; loadMs: number }
  | {
      type: 'invocation-started';
      id: string;
      functionName: string;
      messageId?: string;
      correlationId?: string;
      atMs: number;
    }
  | {
      type: 'invocation-ended';
      id: string;
      functionName: string;
      messageId?: string;
      correlationId?: string;
      durationMs: number;
      succeeded: boolean;
      error?: string;
    }
  | {
      type: 'log';
      level: LogLevel;
      category: string;
      functionName?: string;
      invocationId?: string;
      message: string;
    }
  /** The answer to an `invoke` command that carried a `requestId`. */
  | { type: 'invoke-ended'; requestId: string; error?: string }
  | { type: 'failed'; message: string };

/** What the process that started a host can ask of it. */
export type HostCommand =
  /** `input` is the body for a function that messages start. */
  | { type: 'invoke'; functionName: string; requestId?: string; input?: string }
  /** As SIGTERM does; Windows has no signal that a process could heed. */
  | { type: 'stop' };

/** Tells whether a message from the parent is a command this host knows. */
export function isHostCommand(message: unknown): message is HostCommand {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  if (message.type === 'stop') return true;
  return (
    message.type === 'invoke' &&
    'functionName' in message &&
    typeof message.functionName === 'string'
  );
}
