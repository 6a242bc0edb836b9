/** What the sandbox remembers of what was done to it, for tests and for people. Times are epoch milliseconds. */

export interface RequestRecord {
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Absent for paths that the API does not have. */
  readonly operation?: string;
  readonly customerId?: string;
  /** What was answered, or would have been if the connection had not been dropped. */
  readonly status: number;
  /** Whether the method writes, whatever came of it. */
  readonly isWrite: boolean;
  /** Whether it really changed something. */
  readonly changed: boolean;
  /** Answered from memory because of a repeated MS-RequestId. */
  readonly replayed: boolean;
  readonly requestId: string;
  readonly correlationId: string;
  /** The kind of the injected fault that hit it. */
  readonly fault?: string;
}

/** A call that really changed something. */
export interface WriteRecord {
  readonly atMs: number;
  readonly kind:
    | 'cancel-order'
    | 'cancel-line-items'
    | 'patch-subscription'
    | 'cancel-azure'
    | 'activate-subscription'
    | 'delete-customer';
  readonly customerId: string;
  /** The order, subscription, Azure entitlement or customer. */
  readonly id: string;
}

export interface RequestLog {
  /** The newest ones: at most 100,000 are kept. */
  readonly requests: readonly RequestRecord[];
  /** All there ever were. */
  readonly total: number;
  readonly byOperation: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
}

const KEPT = 100_000;

export class RecordKeeper {
  #requests: RequestRecord[] = [];
  #writes: WriteRecord[] = [];
  #total = 0;
  readonly #byOperation = new Map<string, number>();
  readonly #byStatus = new Map<string, number>();

  addRequest(record: RequestRecord): void {
    this.#total += 1;
    this.#requests.push(record);
    // Cut in big steps: shifting a long list one by one is slow.
    if (this.#requests.length > 2 * KEPT) this.#requests = this.#requests.slice(-KEPT);
    count(this.#byOperation, record.operation ?? 'unknown');
    count(this.#byStatus, String(record.status));
  }

  addWrite(record: WriteRecord): void {
    this.#writes.push(record);
    if (this.#writes.length > 2 * KEPT) this.#writes = this.#writes.slice(-KEPT);
  }

  get writes(): readonly WriteRecord[] {
    return this.#writes.slice(-KEPT);
  }

  get log(): RequestLog {
    return {
      requests: this.#requests.slice(-KEPT),
      total: this.#total,
      byOperation: Object.fromEntries(this.#byOperation),
      byStatus: Object.fromEntries(this.#byStatus),
    };
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
