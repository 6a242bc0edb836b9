// The rules of Service Bus alone: a state machine without sockets and timers, on the caller's clock.

export { BrokerError, type ErrorCondition } from './core/broker-error.ts';
export { durationMs } from './core/duration.ts';
export type {
  BrokeredMessage,
  LockedMessage,
  MessageState,
  Outcome,
  Properties,
  SendableMessage,
} from './core/message.ts';
export { type EntityCounts, Namespace, type NamespaceOptions } from './core/namespace.ts';
