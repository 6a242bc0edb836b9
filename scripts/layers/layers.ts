/**
 * The folders of the app, from the lowest to the highest: files import from their own folder and from those before it, and
 * never the other way. Below `src`.
 */
export const LAYERS: readonly string[] = [
  'redaction',
  'shared',
  'teardown/model',
  'teardown/log',
  'teardown/errors',
  'teardown/inventory',
  'teardown/release/products',
  'teardown/release',
  'teardown/guards',
  'teardown/execute',
  'teardown/reconcile',
  'teardown/sweep',
  'teardown',
  'partner-center/http',
  'partner-center/auth',
  'partner-center/resources',
  'partner-center',
  'service-bus',
  'settings',
  'functions',
  'cli/consent',
  'cli',
  '',
];

/** Neither of these knows the other: what they have in common is below them. */
const STRANGERS: readonly (readonly [string, string])[] = [
  ['service-bus', 'partner-center'],
  ['cli', 'functions'],
];

/** One file's import of another, both as paths below `src`. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** The objection to an import; undefined if it leads down. */
export function objectionTo({ from, to }: Import, layers = LAYERS): string | undefined {
  const [importing, imported] = [folderOf(from), folderOf(to)];
  if (importing === imported) return undefined;
  for (const folder of [importing, imported]) {
    if (!layers.includes(folder)) {
      return `src/${folder} is no layer yet: add it to scripts/layers/layers.ts.`;
    }
  }
  if (layers.indexOf(imported) > layers.indexOf(importing)) {
    return `src/${from} imports src/${to}, which is in a higher folder: move what it needs down.`;
  }
  const areStrangers = STRANGERS.some(
    ([upper, lower]) => isWithin(importing, upper) && isWithin(imported, lower),
  );
  return areStrangers
    ? `src/${from} imports src/${to}: these two folders do not know each other.`
    : undefined;
}

function isWithin(folder: string, other: string): boolean {
  return folder === other || folder.startsWith(`${other}/`);
}
