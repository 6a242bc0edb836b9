/** `teardown-0:check:3` is about `teardown-0`. */
export function teardownOf(messageId: string | undefined): string {
  return (messageId ?? '').split(':')[0] ?? '';
}

/** `sandbox.teardown.parked` is of the kind `parked`. */
export function lastWord(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}

/** `sweep-20261122T0200Z-<customer>` is the id of a request of a sweep. */
export function isOfASweep(messageId: string): boolean {
  return messageId.startsWith('sweep-');
}

/** Whether a MessageId has the form of a check. */
export function isCheckName(messageId: string): boolean {
  return /^[^:]+:check:\d+$/.test(messageId);
}
