import { gatewayRefuse, type Reply, refuse } from './answer.ts';
import { documentedStatus } from './documented-codes.ts';
import type { Customer, OwnRefusal } from './model.ts';
import type { Operation } from './routes.ts';

/** What a customer was seeded to refuse: documented codes that no rule gives, since no source says when they are given. */
export function ownRefusal(
  operation: Operation,
  { refusals }: Customer,
  nowMs: number,
): Reply | undefined {
  const found = refusals.find((one) => one.operation === operation && nowMs < one.untilMs);
  return found === undefined ? undefined : replyOf(found);
}

/** The texts say nothing: whoever reads them has only the code to go by. Without a code it is bare, or the gateway's. */
function replyOf({ code, status, description }: OwnRefusal): Reply {
  if (code !== undefined) {
    return refuse(
      status ?? documentedStatus(code) ?? 400,
      code,
      description ?? `The request is refused with ${code}.`,
    );
  }
  return description === undefined
    ? { status: status ?? 409 }
    : gatewayRefuse(status ?? 409, description);
}
