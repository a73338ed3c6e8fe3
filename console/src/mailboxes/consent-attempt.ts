import { useSyncExternalStore } from 'react';
import { ApiError } from '../api/api-error.js';
import { answered, api } from '../api/client.js';
import { instanceKeys } from '../api/instance-cache.js';
import { queryClient } from '../api/query-client.js';
import { consentReturn, onConsentResult, openConsentWindow } from './consent-window.js';

/** A consent that was begun in this page. */
export interface ConsentAttempt {
  instanceId: string;
  status: 'waiting' | 'left' | 'ended';
  /** How it ended, if not well: a word of the callback, or why it could not begin. */
  problem: string | Error | null;
}

const lookEveryMs = 500;

let attempt: ConsentAttempt | null = null;
let stop: () => void = nothing;
const listeners = new Set<() => void>();

/** The consent of this instance that is under way, or has just ended badly. */
export function useConsentAttempt(instanceId: string): ConsentAttempt | null {
  const current = useSyncExternalStore(subscribe, () => attempt);
  return current?.instanceId === instanceId ? current : null;
}

/** Begins a consent in a window; to be called within a click. */
export async function beginConsent(instanceId: string, opened = openConsentWindow()): Promise<void> {
  forgetConsent();
  set({ instanceId, status: 'waiting', problem: null });
  try {
    const returnTo = consentReturn(opened !== null);
    const { authorizationUrl } = await answered(
      api.POST('/api/instances/{id}/start-oauth', {
        params: { path: { id: instanceId } },
        body: { returnTo, requireHintedAccount: false },
      }),
    );
    // Where the browser opens no window, the consent takes this one's place.
    if (opened === null) location.assign(authorizationUrl);
    else {
      opened.location.replace(authorizationUrl);
      follow(opened);
    }
  } catch (error) {
    opened?.close();
    set({
      instanceId,
      status: 'ended',
      problem: error instanceof Error ? error : new ApiError('UNKNOWN_ERROR', ''),
    });
  }
}

/** For a consent that came back in this very window. */
export function noteConsentProblem(instanceId: string, problem: string): void {
  set({ instanceId, status: 'ended', problem });
}

export function forgetConsent(): void {
  stop();
  set(null);
}

function follow(opened: Window): void {
  const unsubscribe = onConsentResult(({ error }) => {
    if (error === null)
      void queryClient.invalidateQueries({ queryKey: instanceKeys.all }).then(forgetConsent);
    else {
      stop();
      if (attempt) set({ ...attempt, status: 'ended', problem: error });
    }
  });
  // A window whose pages cut it off from this one looks closed as well.
  const timer = setInterval(() => {
    if (opened.closed && attempt?.status === 'waiting') set({ ...attempt, status: 'left' });
  }, lookEveryMs);
  stop = () => {
    clearInterval(timer);
    unsubscribe();
    stop = nothing;
  };
}

function set(next: ConsentAttempt | null): void {
  attempt = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function nothing(): void {
  // No window is followed.
}
