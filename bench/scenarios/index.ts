import type { Scenario } from '../scenario.js';
import { cachedAccessToken } from './cached-access-token.js';
import { fallback } from './fallback.js';
import { instancesList } from './instances-list.js';

/** Every scenario, in the order in which they run: each is a file here and a line. */
export const scenarios: readonly Scenario[] = [fallback, cachedAccessToken, instancesList];
