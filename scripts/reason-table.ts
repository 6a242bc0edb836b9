import { fileURLToPath } from 'node:url';
import { PARKED_REASONS } from '../src/teardown/model/parked-reasons.ts';
import type { Reasons, ReasonWithNextStep } from '../src/teardown/model/reason.ts';
import {
  REJECTED_REASONS,
  SKIPPED_REASONS,
  SWEEP_REFUSED_REASONS,
} from '../src/teardown/model/reasons.ts';
import { code, pageWith, row, table } from './tables.ts';

/** The page whose table of reasons is made from the code. */
export const OPERATE_PAGE = fileURLToPath(new URL('../docs/operate.md', import.meta.url));

const REASONS_BY_EVENT: readonly (readonly [string, Reasons<ReasonWithNextStep>])[] = [
  ['teardown parked', PARKED_REASONS],
  ['teardown rejected', REJECTED_REASONS],
  ['teardown skipped', SKIPPED_REASONS],
  ['sweep refused', SWEEP_REFUSED_REASONS],
];

function reasonTable(): string {
  const rows = REASONS_BY_EVENT.flatMap(([event, reasons]) =>
    Object.entries(reasons).map(([reason, { meaning, nextStep }]) =>
      row(event, code(reason), meaning, nextStep),
    ),
  );
  return table(['event', 'reason', 'meaning', 'next step'], rows);
}

/** The page with the current table. */
export function operatePage(): Promise<string> {
  return pageWith(OPERATE_PAGE, new Map([['reasons', reasonTable()]]));
}
