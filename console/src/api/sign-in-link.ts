import { presenceKey } from './presence.js';
import { queryClient } from './query-client.js';

const link = /^#\/?sign-in\/([\w-]+)$/;
let code: string | null = null;

/** Takes the code of a one-time link out of the address, before it is anywhere else, now and when one is pasted. */
export function takeSignInLinks(): void {
  take();
  addEventListener('hashchange', () => {
    if (take()) void queryClient.invalidateQueries({ queryKey: presenceKey });
  });
}

/** The code that the page was opened with, once. */
export function takenCode(): string | null {
  const taken = code;
  code = null;
  return taken;
}

function take(): boolean {
  const [, found] = link.exec(location.hash) ?? [];
  if (found === undefined) return false;
  code = found;
  history.replaceState(null, '', '#/');
  // Router and pages hear of a hash only by this.
  dispatchEvent(new HashChangeEvent('hashchange'));
  return true;
}
