import { section } from '../report/section.ts';
import { measureWaits } from './measure.ts';
import { showWaits } from './show.ts';

/** What a customer costs by how long cancelling takes, beside what is done instead of this app. */
export const waits = section('waits', measureWaits, showWaits);
