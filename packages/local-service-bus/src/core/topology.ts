import type { Entities } from '../entities.ts';
import { ruleFilter } from '../rule-filter.ts';
import { durationMs } from './duration.ts';
import { deadLetterPath, pathKey, subscriptionPath } from './entity-path.ts';
import { DEFAULT_RULE } from './filter.ts';
import { type Destination, Inbox } from './inbox.ts';
import type { SendableMessage } from './message.ts';
import { MessageQueue, type MessageQueueDeps } from './message-queue.ts';
import { SequenceNumbers } from './sequence-numbers.ts';
import type { Arrival } from './stored-message.ts';
import { SubscriptionRules } from './subscription-rules.ts';

type Queue = Entities['queues'][number];
type Topic = Entities['topics'][number];
type Subscription = Topic['subscriptions'][number];

const BYTES_PER_MEGABYTE = 1_048_576;
const BYTES_PER_KILOBYTE = 1_024;

/** A namespace's parts, each under the key of its path. */
export interface Topology {
  readonly inboxes: Map<string, Inbox>;
  readonly queues: Map<string, MessageQueue>;
  readonly rules: Map<string, SubscriptionRules>;
}

export function buildTopology(entities: Entities, deps: MessageQueueDeps): Topology {
  const topology: Topology = { inboxes: new Map(), queues: new Map(), rules: new Map() };
  for (const queue of entities.queues) {
    const messages = addQueue(topology, queue.name, queue.properties, deps);
    addInbox(topology, queue, messages, deps);
  }
  for (const topic of entities.topics) {
    const subscriptions = topic.subscriptions.map((subscription) =>
      addSubscription(topology, topic, subscription, deps),
    );
    addInbox(topology, topic, new FanOut(subscriptions), deps);
  }
  return topology;
}

function addInbox(
  topology: Topology,
  { name: path, properties }: Queue | Topic,
  destination: Destination,
  { newId }: MessageQueueDeps,
): void {
  const settings = {
    path,
    maxMessageBytes: properties.maxMessageSizeInKilobytes * BYTES_PER_KILOBYTE,
    maxSizeBytes: properties.maxSizeInMegabytes * BYTES_PER_MEGABYTE,
    ...(properties.requiresDuplicateDetection && {
      duplicateWindowMs: durationMs(properties.duplicateDetectionHistoryTimeWindow),
    }),
  };
  topology.inboxes.set(pathKey(path), new Inbox(settings, destination, newId));
}

type ReceivingProperties = Subscription['properties'];

function addQueue(
  topology: Topology,
  path: string,
  properties: ReceivingProperties,
  deps: MessageQueueDeps,
): MessageQueue {
  const lockDurationMs = durationMs(properties.lockDuration);
  const deadLetterQueue = new MessageQueue(
    {
      path: deadLetterPath(path),
      lockDurationMs,
      timeToLiveMs: Infinity,
      maxDeliveryCount: Infinity,
      deadLetterOnExpiration: false,
    },
    deps,
  );
  const queue = new MessageQueue(
    {
      path,
      lockDurationMs,
      timeToLiveMs: durationMs(properties.defaultMessageTimeToLive),
      maxDeliveryCount: properties.maxDeliveryCount,
      deadLetterOnExpiration: properties.deadLetteringOnMessageExpiration,
      deadLetterQueue,
    },
    deps,
  );
  topology.queues.set(pathKey(path), queue);
  topology.queues.set(pathKey(deadLetterPath(path)), deadLetterQueue);
  return queue;
}

function addSubscription(
  topology: Topology,
  topic: Topic,
  { name, properties, rules: declared }: Subscription,
  deps: MessageQueueDeps,
): SubscribedQueue {
  const path = subscriptionPath(topic.name, name);
  const timeToLive = shorter(
    properties.defaultMessageTimeToLive,
    topic.properties.defaultMessageTimeToLive,
  );
  const queue = addQueue(
    topology,
    path,
    { ...properties, defaultMessageTimeToLive: timeToLive },
    deps,
  );
  const rules = new SubscriptionRules(
    path,
    declared.length === 0
      ? [DEFAULT_RULE]
      : declared.map((rule) => ({ name: rule.name, filter: ruleFilter(rule.properties) })),
  );
  topology.rules.set(pathKey(path), rules);
  return { queue, rules };
}

const shorter = (a: string, b: string): string => (durationMs(a) < durationMs(b) ? a : b);

interface SubscribedQueue {
  readonly queue: MessageQueue;
  readonly rules: SubscriptionRules;
}

/** A topic's far side: every subscription whose rules let a message through gets a copy. */
class FanOut implements Destination {
  readonly #subscriptions: readonly SubscribedQueue[];
  readonly numbers = new SequenceNumbers();

  constructor(subscriptions: readonly SubscribedQueue[]) {
    this.#subscriptions = subscriptions;
  }

  get sizeBytes(): number {
    return this.#subscriptions.reduce((sum, { queue }) => sum + queue.sizeBytes, 0);
  }

  enqueue(content: SendableMessage, arrival: Arrival): void {
    for (const { queue, rules } of this.#subscriptions) {
      if (!rules.letThrough(content)) continue;
      queue.enqueue(content, {
        ...arrival,
        sequenceNumber: queue.numbers.next(),
        enqueuedSequenceNumber: arrival.sequenceNumber,
      });
    }
  }
}
