import { jsonLinesOf } from '../report/json-lines.ts';
import { section } from '../report/section.ts';
import { table } from '../report/table.ts';
import { number } from '../report/words.ts';

export interface Held {
  readonly teardowns: number;
  readonly heldBytes: number;
}

const PROGRAM = new URL('heap-process.ts', import.meta.url);
const COUNTS = { full: [1_000, 2_000, 4_000, 7_000, 10_000], quick: [150, 300] } as const;

/** What an instance holds after many teardowns. */
export const heap = section<readonly Held[]>(
  'heap',
  async (size) => (await jsonLinesOf(PROGRAM, COUNTS[size].map(String))) as readonly Held[],
  (held) => {
    const [first] = held;
    const rows = held.map(({ teardowns, heldBytes }) => [
      number(teardowns),
      `${(heldBytes / 1e6).toFixed(1)} MB`,
      (heldBytes / (first?.heldBytes ?? heldBytes)).toFixed(3),
    ]);
    const caption =
      'The heap of one instance after a collection; the simulated sandbox is new after every 75 teardowns:';
    return { tables: [table(caption, ['teardowns', 'heap', '÷ the first'], rows)] };
  },
);
