import { invalidInput, json, type Reply, refuse, type WriteReply } from './answer.ts';
import { etagProblem } from './etag-refusals.ts';
import { type Fields, fieldsOf, sameText, textOf } from './input.ts';
import { beginChange, settle } from './life-cycle.ts';
import type { Customer, Order } from './model.ts';
import { otherOrderChange } from './order-changes.ts';
import { chosenLines } from './order-lines.ts';
import { orderRefusal } from './order-refusals.ts';
import { isBeingCancelled, shownOrderStatus } from './order-status.ts';
import { orderEtag, orderResource, type View } from './resources.ts';
import { holds } from './reviews.ts';
import { bareWord } from './spelling.ts';

/** PATCH order: articles cancel-an-order-from-the-integration-sandbox and cancel-software-purchases. */

export function patchOrder(
  customer: Customer,
  order: Order,
  body: unknown,
  ifMatch: string | undefined,
  view: View,
): WriteReply {
  const fields = fieldsOf(body);
  if (fields === undefined) {
    return { reply: invalidInput('The body must be an Order resource in JSON.') };
  }
  const invalid = inputProblem(customer, order, fields, ifMatch, view);
  if (invalid !== undefined) return { reply: invalid };
  const chosen = chosenLines(order, fields, view.settings);
  if ('reply' in chosen) return chosen;
  const problem =
    orderRefusal(customer, order, chosen.lines, view) ??
    otherOrderChange(customer, order, fields, view);
  if (problem !== undefined) return { reply: problem };
  const shown = () => json(orderResource(customer, order, view));
  // A second cancel changes nothing and says so with 200.
  if (isBeingCancelled(order) || !wantsCancelled(fields, view)) return { reply: shown() };
  order.version += 1;
  // "Since the order contains other line items that are not cancelled, the status is still completed."
  const rest = order.lines.filter((line) => !chosen.lines.includes(line) && holds(order, line));
  if (rest.length > 0) {
    order.adjustment = { lines: chosen.lines, dueMs: view.nowMs + order.cancelling.takesMs };
    settle(customer, view.nowMs);
    return { reply: shown(), change: 'cancel-line-items' };
  }
  beginChange(order, 'cancelled', order.cancelling, view.nowMs);
  return { reply: shown(), change: 'cancel-order' };
}

/** The samples write `cancelled` and, in .NET, `Cancelled`; `canceled` stands in the articles' texts. */
function wantsCancelled(fields: Fields, { settings }: View): boolean {
  const status = textOf(fields, 'status') ?? '';
  return settings.cancelledIsSent === 'either'
    ? bareWord(status) === 'cancelled'
    : sameText(status, 'cancelled');
}

function inputProblem(
  customer: Customer,
  order: Order,
  fields: Fields,
  ifMatch: string | undefined,
  view: View,
): Reply | undefined {
  const id = fields.get('id');
  const named = view.settings.orderByAlternateId ? [order.id, order.alternateId] : [order.id];
  if (id !== undefined && !named.some((one) => one === id)) {
    return invalidInput(`The body names another order than the address, which names ${order.id}.`);
  }
  const status = textOf(fields, 'status');
  if (status === undefined) return invalidInput('The Order resource has no status.');
  const stale = etagProblem(fields, ifMatch, orderEtag(order, view), view);
  if (stale !== undefined) return stale;
  const shown = shownOrderStatus(customer, order, view);
  if (!wantsCancelled(fields, view) && bareWord(status) !== bareWord(shown)) {
    return refuse(400, '800040', `Asset status cannot be changed to ${status} from ${shown}.`);
  }
  return undefined;
}
