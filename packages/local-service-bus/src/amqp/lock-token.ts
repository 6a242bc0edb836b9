import rhea from 'rhea';

/** Where each byte of a UUID stands in .NET's order: the first three groups little-endian. */
const DOTNET_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] as const;

export const TAG_BYTES = DOTNET_ORDER.length;

/** A lock token as an AMQP uuid. */
export const lockTokenToUuid = (lockToken: string): Buffer => rhea.string_to_uuid(lockToken);

export const uuidToLockToken = (uuid: Buffer): string => rhea.uuid_to_string(uuid);

/** A lock token as the delivery tag from which clients take it, in .NET's byte order. */
export const lockTokenToTag = (lockToken: string): Buffer => reorder(lockTokenToUuid(lockToken));

export const tagToLockToken = (tag: Buffer): string => uuidToLockToken(reorder(tag));

/** Its own inverse. */
const reorder = (bytes: Buffer): Buffer =>
  Buffer.from(DOTNET_ORDER.map((position) => bytes.readUInt8(position)));
