/** How a consent ended in its window, as the callback says it in the address. */
export interface ConsentResult {
  connected: string | null;
  error: string | null;
}

const channelName = 'evergrant.consent';
const marker = 'consent-window';
const shape = 'popup,width=560,height=780';

/** Opens an empty window, which browsers allow within a click only; null where they do not at all. */
export function openConsentWindow(): Window | null {
  return window.open('about:blank', '_blank', shape);
}

/** Where the browser comes back to: marked, where that is a window of its own. */
export function consentReturn(inOwnWindow: boolean): string {
  const url = new URL(location.href);
  url.search = inOwnWindow ? `?${marker}` : '';
  return url.href;
}

/** What a consent has left in this page's address; takes it out again. */
export function takeConsentResult(): (ConsentResult & { inOwnWindow: boolean }) | null {
  const url = new URL(location.href);
  const connected = url.searchParams.get('connected');
  const error = url.searchParams.get('error');
  const inOwnWindow = url.searchParams.has(marker);
  if (connected === null && error === null) return null;
  url.search = '';
  history.replaceState(null, '', url);
  return { connected, error, inOwnWindow };
}

/** Tells the page that opened the window; it may be cut off from it by the pages between. */
export function tellConsentResult({ connected, error }: ConsentResult): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage({ connected, error });
  channel.close();
}

export function onConsentResult(told: (result: ConsentResult) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({ data }: MessageEvent<ConsentResult>) => told(data));
  return () => channel.close();
}
