const DEAD_LETTER_SUFFIX = '$DeadLetterQueue';

export const deadLetterPath = (path: string): string => `${path}/${DEAD_LETTER_SUFFIX}`;

export const subscriptionPath = (topic: string, subscription: string): string =>
  `${topic}/Subscriptions/${subscription}`;

/** Service Bus compares entity names without regard to case, and takes a leading slash. */
export const pathKey = (path: string): string => path.replace(/^\/+/, '').toLowerCase();
