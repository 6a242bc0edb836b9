import type { RpcTypedData } from './core-contract.ts';

type Metadata = Record<string, RpcTypedData>;

/**
 * The trigger metadata with the fields of a JSON body over it, as the real host has it where the trigger hands over text
 * (`Utility.ApplyBindingData`, called by `WorkerFunctionInvoker`): each field at the top but lists and nulls, under whatever name
 * of the metadata is the same in any letter case. Other bodies and other triggers leave the metadata as they are.
 */
export function withBodyFields(metadata: Metadata, { string: text }: RpcTypedData): Metadata {
  const fields = fieldsOf(text ?? '');
  const merged = { ...metadata };
  for (const [name, value] of Object.entries(fields)) {
    const data = toTypedData(value);
    const known = Object.keys(merged).find((key) => key.toLowerCase() === name.toLowerCase());
    if (data !== undefined) merged[known ?? name] = data;
  }
  return merged;
}

function fieldsOf(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

/** .NET's text of a value; an object stays JSON. */
function toTypedData(value: unknown): RpcTypedData | undefined {
  if (value === null || Array.isArray(value)) return undefined;
  if (typeof value === 'object') return { json: JSON.stringify(value) };
  if (typeof value === 'boolean') return { string: value ? 'True' : 'False' };
  return { string: String(value) };
}
