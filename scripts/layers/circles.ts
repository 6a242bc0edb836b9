import type { Import } from './layers.ts';

/**
 * The circles among these imports, each as its files in order, from the first of them by name. Biome finds circles too,
 * but does not see a type that is imported inline, as `import('./a.ts').A`.
 */
export function circlesIn(imports: readonly Import[]): readonly (readonly string[])[] {
  const imported = Map.groupBy(imports, ({ from }) => from);
  const circles = new Map<string, readonly string[]>();
  const done = new Set<string>();
  const path: string[] = [];

  const visit = (file: string): void => {
    const place = path.indexOf(file);
    if (place >= 0) {
      const circle = fromFirst(path.slice(place));
      circles.set(circle.join(), circle);
    }
    if (place >= 0 || done.has(file)) return;
    path.push(file);
    for (const { to } of imported.get(file) ?? []) visit(to);
    path.pop();
    done.add(file);
  };

  for (const file of imported.keys()) visit(file);
  return [...circles.values()];
}

/** The objection to a circle. */
export function objectionToCircle(circle: readonly string[]): string {
  const [first = ''] = circle;
  return `${[...circle, first].join(' imports ')}: move what they share to a file of its own.`;
}

/** The same circle, from its first file by name. */
function fromFirst(circle: readonly string[]): readonly string[] {
  const place = circle.indexOf(circle.toSorted()[0] ?? '');
  return [...circle.slice(place), ...circle.slice(0, place)];
}
