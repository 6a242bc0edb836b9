/** The text of a GUID. Both letter cases are spelt out, because the published JSON Schema has no flags. */
export const GUID_TEXT = '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}';

export const GUID = new RegExp(`^${GUID_TEXT}$`);

export function isGuid(text: string): boolean {
  return GUID.test(text);
}
