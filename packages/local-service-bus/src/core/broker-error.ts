/** AMQP and Service Bus error conditions the broker answers with; clients turn them into their own error codes. */
export type ErrorCondition =
  | 'amqp:decode-error'
  | 'amqp:internal-error'
  | 'amqp:link:message-size-exceeded'
  | 'amqp:not-allowed'
  | 'amqp:not-found'
  | 'amqp:not-implemented'
  | 'amqp:resource-limit-exceeded'
  | 'com.microsoft:argument-error'
  | 'com.microsoft:entity-already-exists'
  | 'com.microsoft:message-lock-lost'
  | 'com.microsoft:message-not-found';

/** A request the broker refuses, with the condition a client acts on and a message for a person. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError';
  readonly condition: ErrorCondition;

  constructor(condition: ErrorCondition, message: string) {
    super(message);
    this.condition = condition;
  }
}
