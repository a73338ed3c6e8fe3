import type { Scenario } from '../scenario.js';
import { cachedAccessToken } from './cached-access-token.js';
import { fallback } from './fallback.js';
import { instancesList } from './instances-list.js';
import { millionCredentials } from './million-credentials.js';
import { stampede } from './stampede.js';
import { sweep } from './sweep.js';
import { toolCalls } from './tool-call.js';

/** Every scenario, in the order in which they run: each is a file here and a line. */
export const scenarios: readonly Scenario[] = [
  fallback,
  cachedAccessToken,
  toolCalls,
  instancesList,
  stampede,
  sweep,
  millionCredentials,
];
