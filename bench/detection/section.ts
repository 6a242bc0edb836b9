import { section } from '../report/section.ts';
import { measureDetection } from './measure.ts';
import { showDetection } from './show.ts';

/** How late it is seen that everything is cancelled, and what seeing it sooner costs. */
export const detection = section('detection', measureDetection, showDetection);
