import { readFile } from 'node:fs/promises';
import { type SnapshotName, snapshots } from '../../scripts/infra/check.ts';

/** A resource as the compiler predicts it. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly location?: string;
  readonly kind?: string;
  readonly sku?: { readonly name: string };
  readonly tags?: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, unknown>>;
}

const folder = new URL('../../infra/snapshots/', import.meta.url);

async function read(name: SnapshotName): Promise<readonly Resource[]> {
  const text = await readFile(new URL(`${name}.snapshot.json`, folder), 'utf8');
  return (JSON.parse(text) as { predictedResources: Resource[] }).predictedResources;
}

/** What each committed parameter file would make; bicep.test.ts proves that these are up to date. */
export const deployments = await Promise.all(
  snapshots.map(async (name) => ({ name, resources: await read(name) })),
);

/** Those of one type. */
export const ofType = (resources: readonly Resource[], type: string): readonly Resource[] =>
  resources.filter((resource) => resource.type.toLowerCase() === type.toLowerCase());

/** The only one of its type. */
export function theOnly(resources: readonly Resource[], type: string): Resource {
  const [only, ...others] = ofType(resources, type);
  if (only === undefined || others.length > 0) throw new Error(`There is not exactly one ${type}.`);
  return only;
}
