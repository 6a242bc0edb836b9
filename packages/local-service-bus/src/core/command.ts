import type { Rule } from './filter.ts';
import type { Outcome, SendableMessage } from './message.ts';
import type { Namespace } from './namespace.ts';

/** Whatever changes a namespace from outside, as data. */
export type Command = { readonly path: string } & (
  | { readonly do: 'send'; readonly messages: readonly SendableMessage[] }
  | { readonly do: 'cancel-scheduled'; readonly sequenceNumbers: readonly number[] }
  | { readonly do: 'receive'; readonly maxCount: number }
  | { readonly do: 'receive-and-delete'; readonly maxCount: number }
  | { readonly do: 'expire-deferred'; readonly sequenceNumbers: readonly number[] }
  | { readonly do: 'receive-deferred'; readonly sequenceNumbers: readonly number[] }
  | { readonly do: 'receive-and-delete-deferred'; readonly sequenceNumbers: readonly number[] }
  | { readonly do: 'settle'; readonly lockToken: string; readonly outcome: Outcome }
  | { readonly do: 'renew-lock'; readonly lockToken: string }
  | { readonly do: 'add-rule'; readonly rule: Rule }
  | { readonly do: 'remove-rule'; readonly name: string }
);

/** Does it, with what the namespace's method answers or throws. */
export function perform(namespace: Namespace, command: Command): unknown {
  const { path } = command;
  switch (command.do) {
    case 'send':
      return namespace.send(path, command.messages);
    case 'cancel-scheduled':
      return namespace.cancelScheduled(path, command.sequenceNumbers);
    case 'receive':
      return namespace.receive(path, command.maxCount);
    case 'receive-and-delete':
      return namespace.receiveAndDelete(path, command.maxCount);
    case 'expire-deferred':
      return namespace.expireDeferred(path, command.sequenceNumbers);
    case 'receive-deferred':
      return namespace.receiveDeferred(path, command.sequenceNumbers);
    case 'receive-and-delete-deferred':
      return namespace.receiveAndDeleteDeferred(path, command.sequenceNumbers);
    case 'settle':
      return namespace.settle(path, command.lockToken, command.outcome);
    case 'renew-lock':
      return namespace.renewLock(path, command.lockToken);
    case 'add-rule':
      return namespace.addRule(path, command.rule);
    case 'remove-rule':
      return namespace.removeRule(path, command.name);
  }
}
