import type { Scenario } from '../scenario.js';
import { fallback } from './fallback.js';

/** Every scenario, in the order in which they run: each is a file here and a line. */
export const scenarios: readonly Scenario[] = [fallback];
