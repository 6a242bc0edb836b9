import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import type { Progress } from './tracker.ts';

/** Shows the progress of the stories: a line for each, redrawn in place, on a terminal; plain lines elsewhere. */
export interface LiveView {
  changed(progress: Progress): void;
  done(): void;
}

export function liveView(all: () => readonly Progress[], out: NodeJS.WriteStream): LiveView {
  if (!out.isTTY) {
    return {
      changed: (progress) => void out.write(`${plainLine(progress)}\n`),
      done: () => undefined,
    };
  }
  const update = createLogUpdate(out);
  const rows = Math.max(5, (out.rows || 24) - 2);
  const draw = (): void => {
    // A small terminal shows those still under way before those that have ended.
    const open = all().filter(({ state }) => state !== 'ended');
    const shown = all().length <= rows ? all() : open.slice(0, rows);
    update(shown.map(colouredLine).join('\n'));
  };
  return {
    changed: draw,
    done: () => {
      update(all().length <= rows ? all().map(colouredLine).join('\n') : '');
      update.done();
    },
  };
}

function plainLine(progress: Progress): string {
  return `${progress.story.name.padEnd(12)} ${stateOf(progress)}`;
}

function colouredLine(progress: Progress): string {
  const colour = progress.state === 'ended' ? 'green' : 'yellow';
  return `${progress.story.name.padEnd(12)} ${styleText(colour, stateOf(progress))}`;
}

function stateOf({ state, checks, outcomes }: Progress): string {
  const [outcome] = outcomes;
  switch (state) {
    case 'requested':
      return 'requested';
    case 'checking':
      return `check ${checks}`;
    case 'waiting':
      return `check ${checks} done; no instance waits`;
    case 'ended':
      return outcome === undefined ? 'ended' : `${outcome.kind} (${outcome.reason})`;
  }
}
