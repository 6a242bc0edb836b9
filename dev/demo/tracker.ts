import type { HostEvent } from 'local-functions-host';
import type { OutcomeKind } from './scenario.ts';
import type { Story } from './story.ts';

/** The progress of one story; times in milliseconds. */
export interface Progress {
  readonly story: Story;
  state: 'requested' | 'checking' | 'waiting' | 'ended';
  checks: number;
  computeMs: number;
  maxMs: number;
  requestedAtMs: number;
  endedAtMs?: number;
  outcomes: { kind: OutcomeKind; reason: string; explanation: string; nextStep?: string }[];
}

/** Follows the host's invocations and the published outcomes. */
export class Tracker {
  readonly progress: readonly Progress[];
  readonly #onChange: (progress: Progress) => void;

  constructor(stories: readonly Story[], nowMs: number, onChange: (progress: Progress) => void) {
    this.#onChange = onChange;
    this.progress = stories.map((story) => ({
      story,
      state: 'requested',
      checks: 0,
      computeMs: 0,
      maxMs: 0,
      requestedAtMs: nowMs,
      outcomes: [],
    }));
  }

  get ended(): boolean {
    return this.progress.every(({ outcomes }) => outcomes.length > 0);
  }

  onHostEvent(event: HostEvent): void {
    if (event.type !== 'invocation-started' && event.type !== 'invocation-ended') return;
    const progress = this.#find(event.correlationId ?? event.messageId ?? '');
    if (progress === undefined) return;
    const before = progress.state;
    if (event.type === 'invocation-started') {
      progress.checks += 1;
      if (progress.state !== 'ended') progress.state = 'checking';
    } else {
      progress.computeMs += event.durationMs;
      progress.maxMs = Math.max(progress.maxMs, event.durationMs);
      if (progress.state === 'checking') progress.state = 'waiting';
    }
    if (progress.state !== before) this.#onChange(progress);
  }

  onOutcome(teardownId: string, outcome: Progress['outcomes'][number], nowMs: number): void {
    const progress = this.#find(teardownId);
    if (progress === undefined) return;
    progress.outcomes.push(outcome);
    progress.endedAtMs ??= nowMs;
    progress.state = 'ended';
    this.#onChange(progress);
  }

  #find(id: string): Progress | undefined {
    return this.progress.find(
      ({ story }) => id === story.teardownId || id.startsWith(`${story.teardownId}:`),
    );
  }
}
