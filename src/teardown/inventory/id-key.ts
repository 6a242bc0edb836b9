/** By which ids are compared: the service writes GUIDs in any letter case. */
export function idKey(id: string): string;
export function idKey(id: string | undefined): string | undefined;
export function idKey(id: string | undefined): string | undefined {
  return id?.toLowerCase();
}
