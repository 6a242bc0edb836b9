/** The key for comparing ids: the service writes GUIDs in any case. */
export function idKey(id: string): string;
export function idKey(id: string | undefined): string | undefined;
export function idKey(id: string | undefined): string | undefined {
  return id?.toLowerCase();
}
