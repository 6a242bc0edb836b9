import fc from 'fast-check';
import { START_MS } from '../core/core-harness.ts';
import type { Bus } from './bus.ts';
import { allCommands, Expectations, Tally } from './commands.ts';
import { ModelQueue, type QueueRules } from './model.ts';

/** Enough for many more runs than usual, too. */
export const MODEL_TIMEOUT_MS = 1_200_000;

const SEED = 20_261_123;

/** The queue the model and the bus have in common, once in the model's terms and once in ARM's. */
const RULES: QueueRules = {
  lockMs: 60_000,
  maxDeliveryCount: 3,
  duplicateWindowMs: 600_000,
  isExpiredDeadLettered: true,
};

const PROPERTIES = {
  lockDuration: 'PT1M',
  maxDeliveryCount: RULES.maxDeliveryCount,
  requiresDuplicateDetection: true,
  duplicateDetectionHistoryTimeWindow: 'PT10M',
};

interface Options {
  /** Under which environment variables a run is replayed or enlarged. */
  readonly variable: string;
  readonly runCount: number;
  readonly maxCommands: number;
  /** Whether the bus is on a journal. */
  readonly canRestart: boolean;
}

/**
 * Runs random sequences of commands against the model and a new bus each.
 * @returns what was run; it prints how to run it again
 */
export async function runCommands<Lock, Ticket>(
  open: (properties: object) => Promise<Bus<Lock, Ticket>>,
  { variable, runCount, maxCommands, canRestart }: Options,
): Promise<Tally> {
  const seed = Number(process.env[`${variable}_SEED`] ?? SEED);
  const numRuns = Number(process.env[`${variable}_RUNS`] ?? runCount);
  const tally = new Tally();
  const startMs = performance.now();
  const property = fc.asyncProperty(
    fc.boolean(),
    fc.commands(allCommands<Lock, Ticket>(tally, canRestart), { maxCommands, size: 'max' }),
    async (isExpiredDeadLettered, commands) => {
      const bus = await open({
        ...PROPERTIES,
        deadLetteringOnMessageExpiration: isExpiredDeadLettered,
      });
      const model = new ModelQueue({ ...RULES, isExpiredDeadLettered }, START_MS);
      try {
        await fc.asyncModelRun(
          () => ({ model: new Expectations<Lock, Ticket>(model), real: bus }),
          commands,
        );
      } finally {
        await bus.close();
      }
    },
  );
  try {
    await fc.assert(property, { seed, numRuns });
  } finally {
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    const counts = [...tally.counts, ...tally.sights]
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
    console.log(
      `Service Bus model: ${numRuns} runs, ${tally.total} commands in ${seconds} s (${counts}). Again: ${variable}_SEED=${seed} npx vitest run packages/local-service-bus/test/model (more of them with ${variable}_RUNS)`,
    );
  }
  return tally;
}
