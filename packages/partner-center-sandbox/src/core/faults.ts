import * as v from 'valibot';
import { operations } from './routes.ts';

/** Faults that a test orders in advance: they wait in a row, and each is used up by the requests it fits. */

const MAX_TIMES = 1_000_000;
const MAX_DELAY_MS = 24 * 3_600_000;
const MAX_FAULTS = 10_000;

const wholeNumber = (lowest: number, highest: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(lowest), v.maxValue(highest));

/** Which requests a fault fits: all that it says must hold. */
const selection = {
  method: v.exactOptional(v.string()),
  /** The path, with `*` for any text: `/v1/customers/*` + `/orders`. Case does not count. */
  path: v.exactOptional(v.string()),
  customerId: v.exactOptional(v.string()),
  /** `get-token` is the login endpoint's. */
  operation: v.exactOptional(v.picklist([...operations, 'get-token'])),
  /** How many requests it hits. Default 1. */
  times: v.exactOptional(wholeNumber(1, MAX_TIMES)),
  /** How many fitting requests pass first. Default 0. */
  after: v.exactOptional(wholeNumber(0, MAX_TIMES)),
};
const delayMs = wholeNumber(0, MAX_DELAY_MS);
/** Any fault may also hold its answer back. */
const common = { ...selection, delayMs: v.exactOptional(delayMs) };

export const FaultSchema = v.variant('kind', [
  /** Answers so instead of doing anything. With a `code` in the service's error shape, else in the gateway's, unless `body` says. */
  v.strictObject({
    kind: v.literal('status'),
    status: wholeNumber(200, 599),
    code: v.exactOptional(v.string()),
    description: v.exactOptional(v.string()),
    body: v.exactOptional(v.unknown()),
    /** Absent, a 429 says how long to wait, which the SDK reads unconditionally; `{}` leaves that out too. */
    headers: v.exactOptional(v.record(v.string(), v.string())),
    ...common,
  }),
  /** Does the work at once and answers late. */
  v.strictObject({ kind: v.literal('delay'), ...selection, delayMs }),
  /** Closes the connection before anything happened. */
  v.strictObject({ kind: v.literal('drop'), ...common }),
  /** Does the work, then closes the connection without an answer. */
  v.strictObject({ kind: v.literal('drop-after'), ...common }),
  /** Answers a page of HTML, as a proxy in between would, instead of doing anything. Status 502 by default. */
  v.strictObject({
    kind: v.literal('html'),
    status: v.exactOptional(wholeNumber(200, 599)),
    ...common,
  }),
  /** Does the work; the body is missing. */
  v.strictObject({ kind: v.literal('empty'), ...common }),
  /** Does the work; the body ends halfway. */
  v.strictObject({ kind: v.literal('truncated'), ...common }),
  /** Does the work; the answer says it is plain text. */
  v.strictObject({ kind: v.literal('wrong-content-type'), ...common }),
]);
export type Fault = v.InferOutput<typeof FaultSchema>;

export interface FaultTarget {
  readonly method: string;
  readonly path: string;
  readonly operation?: string;
  readonly customerId?: string;
}

interface Waiting {
  readonly fault: Fault;
  passLeft: number;
  timesLeft: number;
}

export class FaultQueue {
  #waiting: Waiting[] = [];

  /** @throws Error if more faults wait than any test needs. */
  add(fault: Fault): void {
    if (this.#waiting.length >= MAX_FAULTS) {
      throw new Error(`There are already ${MAX_FAULTS} faults waiting; reset them first.`);
    }
    this.#waiting.push({ fault, passLeft: fault.after ?? 0, timesLeft: fault.times ?? 1 });
  }

  /** The fault that hits this request, if any: the first in the row that fits and lets no more pass. */
  take(target: FaultTarget): Fault | undefined {
    for (const waiting of this.#waiting.filter(({ fault }) => fits(fault, target))) {
      if (waiting.passLeft > 0) {
        waiting.passLeft -= 1;
        continue;
      }
      waiting.timesLeft -= 1;
      if (waiting.timesLeft === 0) this.#waiting = this.#waiting.filter((one) => one !== waiting);
      return waiting.fault;
    }
    return undefined;
  }

  /** Faults that have not hit as often as ordered. */
  get waiting(): readonly Fault[] {
    return this.#waiting.map(({ fault }) => fault);
  }

  clear(): void {
    this.#waiting = [];
  }
}

function fits(fault: Fault, target: FaultTarget): boolean {
  const same = (wanted: string | undefined, actual: string | undefined) =>
    wanted === undefined || wanted.toLowerCase() === actual?.toLowerCase();
  return (
    same(fault.method, target.method) &&
    same(fault.operation, target.operation) &&
    same(fault.customerId, target.customerId) &&
    (fault.path === undefined || matchesPath(fault.path, target.path))
  );
}

function matchesPath(pattern: string, path: string): boolean {
  const expression = pattern
    .split('*')
    .map((text) => text.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${expression}$`, 'i').test(path);
}
