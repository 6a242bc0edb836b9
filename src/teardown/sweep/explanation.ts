import { durationText } from '../../shared/duration.ts';
import type { TeardownMode } from '../model/mode.ts';
import type { LeftOut } from '../model/sweep-event.ts';
import type { SweepPlan } from './plan-sweep.ts';

/** Explains a sweep's plan, before or after the requests. */
export function explanationOf(
  kind: 'announced' | 'completed' | 'refused',
  plan: SweepPlan,
  { mode, minIdleMs }: { readonly mode: TeardownMode; readonly minIdleMs: number },
  firstDueMs: number,
): string {
  if (plan.kind === 'refused') return plan.explanation;
  const { customers, listed, leftOut } = plan;
  const done =
    kind === 'announced'
      ? `will be requested, the first at ${new Date(firstDueMs).toISOString()}`
      : 'were requested';
  const messages = [
    `${customers.length} of ${listed} customers ${done}${mode === 'enforce' ? '' : ', as dry runs'}.`,
    ...(leftOut.length > 0 ? [describeLeftOut(leftOut)] : []),
    ...(customers.length > 0
      ? [
          `A customer with a purchase newer than ${durationText(minIdleMs)} when its turn comes is skipped.`,
        ]
      : []),
  ];
  return messages.join(' ');
}

function describeLeftOut(leftOut: readonly LeftOut[]): string {
  const count = (reason: LeftOut['reason']) =>
    leftOut.filter((each) => each.reason === reason).length;
  const odd = count('id-no-guid');
  const more = odd > 0 ? `, ${odd} whose id is not a GUID` : '';
  return `Left out: ${count('protected')} protected, ${count('domain-unknown')} without a known domain${more}.`;
}
