import { invalidInput, type Reply, refuse } from './answer.ts';
import { type Fields, fieldsOf, numberOf, sameText, textOf } from './input.ts';
import type { Line, Order } from './model.ts';
import type { SandboxSettings } from './settings.ts';

type Chosen = { readonly lines: readonly Line[] } | { readonly reply: Reply };

const invalid = (text: string) => ({ reply: invalidInput(text) });

/** The lines that the body names (article cancel-software-purchases); all of them if it names none. */
export function chosenLines(order: Order, fields: Fields, settings: SandboxSettings): Chosen {
  const items = fields.get('lineitems');
  if (items === undefined) return order;
  if (!Array.isArray(items)) return invalid('lineItems must be a list.');
  const lines = new Set<Line>();
  for (const item of items) {
    const named = fieldsOf(item);
    const number = numberOf(named, 'lineitemnumber');
    if (number === undefined) return invalid('A line item has no number.');
    const line = order.lines.find((candidate) => candidate.number === number);
    if (line === undefined) return { reply: unknownLine(number, order, settings) };
    const offerId = textOf(named, 'offerid');
    if (offerId !== undefined && !sameText(offerId, line.offerId)) {
      return invalid(`Line item ${line.number} is not of offer ${offerId}.`);
    }
    if (lines.has(line)) return invalid(`Line item ${line.number} is named twice.`);
    lines.add(line);
  }
  return lines.size === 0 ? order : { lines: [...lines] };
}

const unknownLine = (number: number, { lines }: Order, settings: SandboxSettings): Reply =>
  settings.unknownLineCode === '3000'
    ? invalidInput(`The order has no line item ${number}.`)
    : refuse(400, '800071', `Line item number should be from 0 to ${lines.length - 1}.`);
