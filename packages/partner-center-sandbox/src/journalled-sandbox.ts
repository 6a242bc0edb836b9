import { isDeepStrictEqual } from 'node:util';
import { JournalFile } from '@sandbox-teardown/shared/journal';
import type { AddedCustomer } from './core/account.ts';
import type { SandboxAnswer } from './core/answer.ts';
import type { Fault } from './core/faults.ts';
import { Sandbox, type SandboxCoreOptions, type SandboxRequest } from './core/sandbox.ts';
import type { PurchaseIds } from './core/seeding.ts';
import type { SettingsChange } from './core/settings.ts';
import type { CustomerSpec, PurchaseSpec } from './core/spec.ts';
import { ReplayedTime } from './replayed-time.ts';

/** More than a day of a full sandbox; to read it again takes seconds. */
const MAX_BYTES = 67_108_864;

type AzureIds = Parameters<Sandbox['activateAzureSubscription']>;
type FaultTarget = Parameters<Sandbox['takeFault']>[0];

/** What can be done to a sandbox. */
type Command =
  | { readonly do: 'handle'; readonly request: SandboxRequest }
  | { readonly do: 'add-customer'; readonly spec: CustomerSpec }
  | { readonly do: 'add-purchase'; readonly customerId: string; readonly spec: PurchaseSpec }
  | { readonly do: 'activate-azure'; readonly ids: AzureIds }
  | { readonly do: 'inject-fault'; readonly fault: Fault }
  | { readonly do: 'take-fault'; readonly target: FaultTarget }
  | { readonly do: 'change-settings'; readonly change: SettingsChange };

interface Entry {
  readonly atMs: number;
  readonly command: Command;
  /** The status of an answer, or whether it was done: done again it must be the same. */
  readonly effect: number | boolean;
}

/** By whose rules the lines are to be read. */
interface Header {
  readonly sandbox: 1;
  readonly seed: number;
  readonly tenantId: string;
  readonly settings: SettingsChange;
}

/**
 * A sandbox that outlives its process. The core is a state machine to which the same calls at the same times always do the
 * same; so every call is in the journal, with its time, before its answer goes out, and is made again at the next start.
 * A reset begins the journal anew.
 */
export class JournalledSandbox extends Sandbox {
  readonly #file: JournalFile;
  readonly #header: Header;
  readonly #time: ReplayedTime;

  private constructor(options: SandboxCoreOptions, time: ReplayedTime, path: string) {
    super({ ...options, nowMs: () => time.nowMs() });
    this.#time = time;
    this.#file = new JournalFile(path);
    const { seed = 1, settings = {} } = options;
    this.#header = { sandbox: 1, seed, tenantId: this.tenantId, settings };
  }

  /** @throws JournalError when the file is in use, damaged, or of another sandbox */
  static open(options: SandboxCoreOptions, path: string): JournalledSandbox {
    const sandbox = new JournalledSandbox(options, new ReplayedTime(options.nowMs), path);
    try {
      sandbox.#file.rewrite([JSON.stringify(sandbox.#header), ...sandbox.#readFile()]);
      return sandbox;
    } catch (error) {
      sandbox.close();
      throw error;
    }
  }

  close(): void {
    this.#file.close();
  }

  override handle(request: SandboxRequest): SandboxAnswer {
    const kept = { ...request, headers: withoutToken(request.headers) };
    return this.#journalled({ do: 'handle', request: kept }, () => super.handle(request));
  }

  override addCustomer(spec: CustomerSpec): AddedCustomer {
    return this.#journalled({ do: 'add-customer', spec }, () => super.addCustomer(spec));
  }

  override addPurchase(customerId: string, spec: PurchaseSpec): PurchaseIds {
    return this.#journalled({ do: 'add-purchase', customerId, spec }, () =>
      super.addPurchase(customerId, spec),
    );
  }

  override activateAzureSubscription(...ids: AzureIds): string {
    return this.#journalled({ do: 'activate-azure', ids }, () =>
      super.activateAzureSubscription(...ids),
    );
  }

  override injectFault(fault: Fault): void {
    this.#journalled({ do: 'inject-fault', fault }, () => super.injectFault(fault));
  }

  override takeFault(target: FaultTarget): Fault | undefined {
    // Most logins find none, and that does nothing.
    if (this.waitingFaults.length === 0) return undefined;
    return this.#journalled({ do: 'take-fault', target }, () => super.takeFault(target));
  }

  override changeSettings(change: SettingsChange): void {
    this.#journalled({ do: 'change-settings', change }, () => super.changeSettings(change));
  }

  override reset(): void {
    super.reset();
    this.#file.rewrite([JSON.stringify(this.#header)]);
  }

  /** Also a call that is refused: it may have drawn from what the next one draws from. */
  #journalled<Answer>(command: Command, work: () => Answer): Answer {
    if (this.#time.isReplaying) return work();
    this.#file.checkUsable();
    if (this.#file.sizeBytes >= MAX_BYTES) {
      throw new Error(
        `The journal ${this.#file.path} is full (${MAX_BYTES} bytes): POST /reset, or start with another one.`,
      );
    }
    return this.#time.holdStill((atMs) => {
      const keep = (effect: Entry['effect']) =>
        this.#file.append(JSON.stringify({ atMs, command, effect } satisfies Entry));
      try {
        const answer = work();
        keep(effectOf(answer));
        return answer;
      } catch (error) {
        keep(false);
        throw error;
      }
    });
  }

  /** Does again what the file says; gives its lines, but the header. */
  #readFile(): readonly string[] {
    const [header, ...entries] = this.#file.texts();
    if (header === undefined) return [];
    if (!isDeepStrictEqual(JSON.parse(header), JSON.parse(JSON.stringify(this.#header)))) {
      throw this.#file.error(1, 'is not the beginning of this simulated sandbox');
    }
    for (const [index, text] of entries.entries()) this.#redo(JSON.parse(text), index + 2);
    return entries;
  }

  #redo({ atMs, command, effect }: Entry, lineNumber: number): void {
    const found = this.#time.replay(atMs, () => {
      try {
        return effectOf(perform(this, command));
      } catch {
        return false;
      }
    });
    if (found !== effect) throw this.#file.error(lineNumber, 'has no longer the effect it had');
  }
}

function effectOf(answer: unknown): number | boolean {
  return typeof answer === 'object' && answer !== null && 'status' in answer
    ? Number(answer.status)
    : true;
}

/** Whom it stands for is in `caller`; the token itself is that caller's alone. */
function withoutToken(headers: SandboxRequest['headers'] = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'),
  );
}

function perform(sandbox: Sandbox, command: Command): unknown {
  switch (command.do) {
    case 'handle':
      return sandbox.handle(command.request);
    case 'add-customer':
      return sandbox.addCustomer(command.spec);
    case 'add-purchase':
      return sandbox.addPurchase(command.customerId, command.spec);
    case 'activate-azure':
      return sandbox.activateAzureSubscription(...command.ids);
    case 'inject-fault':
      return sandbox.injectFault(command.fault);
    case 'take-fault':
      return sandbox.takeFault(command.target);
    case 'change-settings':
      return sandbox.changeSettings(command.change);
  }
}
