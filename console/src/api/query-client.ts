import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.js';
import { presenceKey, signedOut } from './presence.js';

const retries = 2;
const longestWaitMs = 30_000;
const firstWaitMs = 1_000;

/** How the console asks: what passes is asked again a few times, no sooner than the server says; nothing else is. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: endSessionOn }),
  mutationCache: new MutationCache({ onError: endSessionOn }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // This machine may be reached without any network.
      networkMode: 'always',
      retry: (failures, error) =>
        failures < retries &&
        error instanceof ApiError &&
        error.isPassing &&
        waitMs(failures, error) <= longestWaitMs,
      retryDelay: waitMs,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

function waitMs(failures: number, error: Error): number {
  const told = error instanceof ApiError ? error.facts.retryAfterSeconds : null;
  return told === null ? firstWaitMs * 2 ** failures : Math.max(told * 1_000, firstWaitMs);
}

/** 401 may also be about a grant; only this code is about the session. */
function endSessionOn(error: Error): void {
  if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') {
    queryClient.setQueryData(presenceKey, signedOut('ended'));
  }
}
