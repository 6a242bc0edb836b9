import { billedMs, USUAL } from '../../scripts/cost/held.ts';
import type { Run } from './run.ts';

/**
 * Worked out, not run: Durable Functions in JavaScript, an orchestration that calls an activity for each check of the
 * app and waits between two of them for a timer, by the same delays. The activity does what a check does.
 */
export function durableTimer(checks: Run): Run {
  const replays = replaysOf(checks.executions);
  return {
    ...checks,
    executions: checks.executions + replays,
    heldMs: checks.heldMs + replays * USUAL.ownWorkMs,
    billedMs: checks.billedMs + replays * billedMs(USUAL.ownWorkMs),
  };
}

/**
 * The orchestrator runs again after each activity and each timer, and each replay is an execution that is billed. Source:
 * https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-billing
 */
function replaysOf(activities: number): number {
  const timers = activities - 1;
  return 1 + activities + timers;
}

/** For each replay: message read, history read, history written, instance written, message deleted. */
const TRANSACTIONS_A_REPLAY = 5;
/** Sent, received, answered, deleted. */
const TRANSACTIONS_AN_ACTIVITY = 4;
/** The first message and the row of the instance. */
const TRANSACTIONS_AT_START = 2;

/**
 * Transactions of the default Azure Storage backend, without polling. Source: the order of calls in
 * `CompleteTaskOrchestrationWorkItemAsync` and `UpdateStateAsync` of https://github.com/Azure/durabletask (DurableTask.AzureStorage).
 */
export function storageTransactions(activities: number): number {
  const timers = activities - 1;
  return (
    TRANSACTIONS_AT_START +
    activities * TRANSACTIONS_AN_ACTIVITY +
    timers +
    replaysOf(activities) * TRANSACTIONS_A_REPLAY
  );
}

/**
 * Four control queues and the work items, each asked every ten seconds by the scale controller, day and night. Source:
 * https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-azure-storage-provider
 */
export const POLLS_A_DAY = (5 * 24 * 60 * 60) / 10;
