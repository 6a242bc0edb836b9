import { section } from '../report/section.ts';
import { measureNights } from './measure.ts';
import { showNights } from './show.ts';

/** Nights of a full sandbox, with up to as many instances as the platform runs. */
export const nights = section('nights', measureNights, showNights);
