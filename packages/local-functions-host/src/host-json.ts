import { availableParallelism } from 'node:os';
import { UsageError } from '@sandbox-teardown/shared/command-line';
import * as v from 'valibot';
import type { AppSettings } from './app-settings.ts';
import { overrideByPath, readOverrides } from './host-json-overrides.ts';
import { toError } from './invocation.ts';
import { parseTimeSpanMs } from './time-span.ts';

/** The real host's default: 16 calls at once for each processor (Service Bus extension 5.x). */
const CALLS_PER_PROCESSOR = 16;
const DEFAULT_LOCK_RENEWAL_MS = 5 * 60_000;
const DEFAULT_FUNCTION_TIMEOUT_MS = 30 * 60_000;
const HIGHEST_CONCURRENCY = 10_000;

const timeSpan = v.pipe(
  v.string('must be a time span such as "00:05:00"'),
  v.transform(parseTimeSpanMs),
  v.number('must be a time span such as "00:05:00"'),
);
const positiveTimeSpan = v.pipe(timeSpan, v.minValue(1, 'must be longer than zero'));
/** A negative time span means "without end", as in the real host. */
const timeSpanOrEndless = v.pipe(
  timeSpan,
  v.transform((ms) => (ms < 0 ? Number.POSITIVE_INFINITY : ms)),
);
const wholeNumber = (lowest: number, highest: number) => {
  const message = `must be a whole number from ${lowest} to ${highest}`;
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(lowest, message),
    v.maxValue(highest, message),
  );
};
const flag = v.boolean('must be true or false');

const LOG_LEVELS = ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none'];
const logLevel = v.pipe(
  v.string(`must be one of ${LOG_LEVELS.join(', ')}`),
  v.toLowerCase(),
  v.picklist(
    ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none'],
    `must be one of ${LOG_LEVELS.join(', ')}`,
  ),
);

const clientRetryOptions = v.object({
  mode: v.optional(
    v.pipe(
      v.string('must be "exponential" or "fixed"'),
      v.toLowerCase(),
      v.picklist(['exponential', 'fixed'], 'must be "exponential" or "fixed"'),
    ),
    'exponential',
  ),
  tryTimeout: v.optional(positiveTimeSpan, '00:01:00'),
  delay: v.optional(positiveTimeSpan, '00:00:00.80'),
  maxDelay: v.optional(positiveTimeSpan, '00:01:00'),
  maxRetries: v.optional(wholeNumber(0, 100), 3),
});

/** Unknown keys pass, as in the real host; the keys honoured here must have the right type. */
const hostJson = v.object({
  version: v.optional(v.literal('2.0', 'must be "2.0"'), '2.0'),
  functionTimeout: v.optional(
    v.pipe(
      v.string('must be a time span such as "00:05:00", or "-1" for no limit'),
      v.transform((text) => (text === '-1' ? Number.POSITIVE_INFINITY : parseTimeSpanMs(text))),
      v.number('must be a time span such as "00:05:00", or "-1" for no limit'),
      v.minValue(1, 'must be longer than zero, or "-1" for no limit'),
    ),
  ),
  logging: v.optional(
    v.object({ logLevel: v.optional(v.record(v.string(), logLevel), {}) }, 'must be an object'),
    {},
  ),
  concurrency: v.optional(
    v.object(
      {
        dynamicConcurrencyEnabled: v.optional(
          v.pipe(
            flag,
            v.literal(false, 'is not supported by this host; set maxConcurrentCalls instead'),
          ),
        ),
      },
      'must be an object',
    ),
  ),
  extensions: v.optional(
    v.object(
      {
        serviceBus: v.optional(
          v.object(
            {
              prefetchCount: v.optional(wholeNumber(0, HIGHEST_CONCURRENCY), 0),
              autoCompleteMessages: v.optional(flag, true),
              maxConcurrentCalls: v.optional(wholeNumber(1, HIGHEST_CONCURRENCY)),
              maxAutoLockRenewalDuration: v.optional(timeSpanOrEndless),
              clientRetryOptions: v.optional(clientRetryOptions, {}),
            },
            'must be an object',
          ),
          {},
        ),
      },
      'must be an object',
    ),
    {},
  ),
});

/** What host.json sets, with the real host's defaults filled in. Durations that never end are `Infinity`. */
export interface HostSettings {
  functionTimeoutMs: number;
  /** Minimum level by log category; `default` is for all others. */
  logLevels: Record<string, v.InferOutput<typeof logLevel>>;
  serviceBus: {
    prefetchCount: number;
    autoCompleteMessages: boolean;
    maxConcurrentCalls: number;
    maxAutoLockRenewalMs: number;
    retry: {
      mode: 'exponential' | 'fixed';
      timeoutMs: number;
      delayMs: number;
      maxDelayMs: number;
      maxRetries: number;
    };
  };
}

/**
 * Reads host.json, with the settings named `AzureFunctionsJobHost__…` over it, as in the real host:
 * `AzureFunctionsJobHost__extensions__serviceBus__maxConcurrentCalls=4`.
 * @throws UsageError with a message naming the key, if the text is no JSON or a key honoured here has a wrong value.
 */
export function parseHostJson(text: string, settings: AppSettings = {}): HostSettings {
  const result = v.safeParse(hostJson, overrideByPath(parseJson(text), readOverrides(settings)));
  if (!result.success) {
    const [issue] = result.issues;
    throw new UsageError(`host.json: ${v.getDotPath(issue) ?? 'the document'} ${issue.message}.`);
  }
  const { functionTimeout, logging, extensions } = result.output;
  const { serviceBus } = extensions;
  const { clientRetryOptions: retry } = serviceBus;
  return {
    functionTimeoutMs: functionTimeout ?? DEFAULT_FUNCTION_TIMEOUT_MS,
    logLevels: logging.logLevel,
    serviceBus: {
      prefetchCount: serviceBus.prefetchCount,
      autoCompleteMessages: serviceBus.autoCompleteMessages,
      maxConcurrentCalls:
        serviceBus.maxConcurrentCalls ?? CALLS_PER_PROCESSOR * availableParallelism(),
      maxAutoLockRenewalMs: serviceBus.maxAutoLockRenewalDuration ?? DEFAULT_LOCK_RENEWAL_MS,
      retry: {
        mode: retry.mode,
        timeoutMs: retry.tryTimeout,
        delayMs: retry.delay,
        maxDelayMs: retry.maxDelay,
        maxRetries: retry.maxRetries,
      },
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `host.json is not valid JSON: ${toError(error).message}. Correct the file.`,
    );
  }
}
