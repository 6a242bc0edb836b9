import {
  isServiceBusError,
  type ProcessErrorArgs,
  type ServiceBusClient,
  type ServiceBusReceivedMessage,
  type ServiceBusReceiver,
} from '@azure/service-bus';
import type { Clock } from '@sandbox-teardown/shared/clock';
import { errorMessage } from '@sandbox-teardown/shared/error-message';
import { withBodyFields } from './body-fields.ts';
import { toIdText } from './dot-net-ids.ts';
import type { HostSettings } from './host-json.ts';
import { toError } from './invocation.ts';
import type { InvocationCall, Invoke } from './invoker.ts';
import type { Listener } from './listener.ts';
import { startLockRenewal } from './lock-renewal.ts';
import type { Log, LogEntry } from './log.ts';
import { toTriggerInput } from './message-body.ts';
import { Slots } from './slots.ts';
import type { FunctionDefinition, ServiceBusTrigger } from './trigger-definition.ts';
import { toTriggerMetadata } from './trigger-metadata.ts';

/** How long a settlement may hold a slot before it is taken for lost. */
const CONFIRMATION_MS = 2_500;

export interface ServiceBusListenerOptions {
  definition: FunctionDefinition<ServiceBusTrigger>;
  client: ServiceBusClient;
  settings: HostSettings['serviceBus'];
  clock: Clock;
  invoke: Invoke;
  log: Log;
}

/**
 * Receives a queue's or subscription's messages under peek-lock and calls the function for each: at most
 * `maxConcurrentCalls` at once, completed when it returns, abandoned when it throws, its lock renewed meanwhile. What is in
 * hand when the host stops is abandoned however it ends, as in the real host: `ServiceBusListener.StopAsync` cancels the token that
 * `MessageProcessor.CompleteProcessingMessageAsync` checks first.
 */
export class ServiceBusListener implements Listener {
  readonly #options: ServiceBusListenerOptions;
  readonly #receiver: ServiceBusReceiver;
  readonly #slots: Slots;
  readonly #inHand = new Set<Promise<void>>();
  #subscription: { close(): Promise<void> } | undefined;
  #isStopping = false;

  constructor(options: ServiceBusListenerOptions) {
    this.#options = options;
    this.#slots = new Slots(options.settings.maxConcurrentCalls);
    this.#receiver = createReceiver(options.client, options.definition.trigger.entity);
  }

  start(): void {
    const { maxConcurrentCalls, prefetchCount } = this.#options.settings;
    this.#subscription = this.#receiver.subscribe(
      {
        processMessage: (message) => this.#track(this.#process(message)),
        processError: async (args) => this.#logReceiveError(args),
      },
      // Prefetched messages wait here for a slot, their locks running: what the real host's prefetch does.
      { autoCompleteMessages: false, maxConcurrentCalls: maxConcurrentCalls + prefetchCount },
    );
  }

  /** Calls the function by hand, as the admin endpoint does: with a message that was in no queue and has no name. */
  runNow(input: string): Promise<Error | undefined> {
    const { definition, invoke } = this.#options;
    const body = Buffer.from(input);
    const message: ServiceBusReceivedMessage = {
      body,
      state: 'active',
      _rawAmqpMessage: { body, bodyType: 'data' },
    };
    const reason = 'This function was programmatically called via the host APIs.';
    return invoke({ definition, ...bind(message, definition), reason });
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#subscription?.close();
  }

  async finished(): Promise<void> {
    while (this.#inHand.size > 0) await Promise.allSettled(this.#inHand);
  }

  async close(): Promise<void> {
    await this.#receiver.close();
  }

  #track(processing: Promise<void>): Promise<void> {
    this.#inHand.add(processing);
    return processing.finally(() => this.#inHand.delete(processing));
  }

  async #process(message: ServiceBusReceivedMessage): Promise<void> {
    await this.#slots.acquire();
    try {
      // A message that arrives while the host stops goes straight back, for another instance to take at once.
      if (this.#isStopping) await this.#settle(message, 'abandon');
      else await this.#dispatch(message);
    } finally {
      this.#slots.release();
    }
  }

  async #dispatch(message: ServiceBusReceivedMessage): Promise<void> {
    const { definition, invoke, settings } = this.#options;
    const stopRenewal = this.#renewLock(message);
    const error = await invoke({
      definition,
      ...bind(message, definition),
      reason: '(null)',
      details: describeTrigger(message),
      messageId: toIdText(message.messageId),
      correlationId: toIdText(message.correlationId),
      properties: message.applicationProperties ?? {},
    }).finally(stopRenewal);
    if (error !== undefined || this.#isStopping) await this.#settle(message, 'abandon');
    else if (definition.trigger.autoCompleteMessages ?? settings.autoCompleteMessages) {
      await this.#settle(message, 'complete');
    }
  }

  #renewLock(message: ServiceBusReceivedMessage): () => void {
    const { clock, settings } = this.#options;
    if (message.lockedUntilUtc === undefined) return () => {};
    return startLockRenewal({
      lockedUntilMs: message.lockedUntilUtc.getTime(),
      maxRenewalMs: settings.maxAutoLockRenewalMs,
      clock,
      renew: async () => (await this.#receiver.renewMessageLock(message)).getTime(),
      onError: (error) =>
        this.#log('warning', `The lock of ${name(message)} could not be renewed: ${reason(error)}`),
    });
  }

  async #settle(
    message: ServiceBusReceivedMessage,
    operation: 'complete' | 'abandon',
  ): Promise<void> {
    try {
      await this.#confirmed(
        operation === 'complete'
          ? this.#receiver.completeMessage(message)
          : this.#receiver.abandonMessage(message),
      );
    } catch (error) {
      this.#log(
        'error',
        `Could not ${operation} ${name(message)}, it will be delivered again when its lock ends: ${reason(error)}`,
      );
    }
  }

  /** The SDK settles on the link that brought the message; if that was lost, it waits a minute for an answer. */
  #confirmed(settlement: Promise<void>): Promise<void> {
    const { clock } = this.#options;
    return new Promise((resolve, reject) => {
      const cancel = clock.schedule(clock.nowMs() + CONFIRMATION_MS, () =>
        reject(new Error(`no answer within ${CONFIRMATION_MS / 1_000} s.`)),
      );
      settlement.finally(cancel).then(resolve, reject);
    });
  }

  #logReceiveError({ error, errorSource, entityPath }: ProcessErrorArgs): void {
    if (this.#isStopping) return;
    this.#log(
      'error',
      `Message processing error (Action=${errorSource}, EntityPath=${entityPath}): ${reason(error)}`,
    );
  }

  #log(level: LogEntry['level'], message: string): void {
    const functionName = this.#options.definition.name;
    this.#options.log({ level, category: 'Host.Triggers.ServiceBus', functionName, message });
  }
}

type Bound = Pick<InvocationCall, 'input' | 'triggerMetadata' | 'bindingError'>;

function bind(
  message: ServiceBusReceivedMessage,
  { trigger }: FunctionDefinition<ServiceBusTrigger>,
): Bound {
  const metadata = toTriggerMetadata(message);
  try {
    const input = toTriggerInput(message, trigger.dataType);
    return { input, triggerMetadata: withBodyFields(metadata, input) };
  } catch (error) {
    return { input: {}, triggerMetadata: metadata, bindingError: toError(error) };
  }
}

function createReceiver(
  client: ServiceBusClient,
  entity: ServiceBusTrigger['entity'],
): ServiceBusReceiver {
  // Renewal is our own (see startLockRenewal); the body must stay as it was sent.
  const options = {
    receiveMode: 'peekLock',
    skipParsingBodyAsJson: true,
    maxAutoLockRenewalDurationInMs: 0,
  } as const;
  return 'queueName' in entity
    ? client.createReceiver(entity.queueName, options)
    : client.createReceiver(entity.topicName, entity.subscriptionName, options);
}

function describeTrigger(message: ServiceBusReceivedMessage): string {
  const members = {
    MessageId: toIdText(message.messageId) ?? '(null)',
    SequenceNumber: message.sequenceNumber?.toString() ?? '(null)',
    DeliveryCount: (message.deliveryCount ?? 0) + 1,
    EnqueuedTimeUtc: message.enqueuedTimeUtc?.toISOString() ?? '(null)',
    LockedUntilUtc: message.lockedUntilUtc?.toISOString() ?? '(null)',
    SessionId: message.sessionId ?? '(null)',
  };
  const list = Object.entries(members).map(([member, value]) => `${member}: ${value}`);
  return `Trigger Details: ${list.join(', ')}`;
}

function name(message: ServiceBusReceivedMessage): string {
  return `message '${toIdText(message.messageId) ?? message.sequenceNumber?.toString() ?? ''}'`;
}

function reason(error: unknown): string {
  if (isServiceBusError(error)) return `${error.code}: ${error.message}`;
  return errorMessage(error);
}
