import { EVENTS, type Event } from '../../src/teardown/log/log-events.ts';
import { FIELDS, type Field } from '../../src/teardown/log/log-fields.ts';

/** Application Insights cuts a message after this many characters. */
const MAX_MESSAGE_LENGTH = 32_768;

/** A structured line, as every query knows it. */
export const isLine = (text: string): boolean => text.startsWith('{"event":"');

/** What is wrong with a line, measured by the schema and nothing else. */
export function problemsOf(text: string): readonly string[] {
  if (!isLine(text)) return [`no structured line: ${text}`];
  if (text.length > MAX_MESSAGE_LENGTH) return [`too long: ${text}`];
  const { event: name, ...fields } = JSON.parse(text) as Record<string, unknown>;
  const event: Event | undefined = own<Event>(EVENTS, String(name));
  if (event === undefined) return [`unknown event: ${text}`];
  const needed = [...(event.instanceWide ? [] : ['correlationId']), ...event.fields];
  const missing = needed
    .filter((field) => !(field in fields))
    .map((field) => `no ${field}: ${text}`);
  const allowed = new Set<string>([...needed, ...event.optional]);
  const wrong = Object.entries(fields).flatMap(([field, value]) =>
    allowed.has(field) && isOf(own<Field>(FIELDS, field), value) ? [] : [`${field}: ${text}`],
  );
  return [...missing, ...wrong];
}

function isOf(field: Field | undefined, value: unknown): boolean {
  switch (field?.type) {
    case 'number':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string' && (field.values === undefined || value in field.values);
    default:
      return false;
  }
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
