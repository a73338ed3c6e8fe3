import { EventSourceParserStream, type EventSourceMessage } from 'eventsource-parser/stream';
import { ApiError, apiErrorOf } from './api-error.js';
import { chosenTenant } from './tenant-choice.js';

const firstWaitMs = 1_000;
const longestWaitMs = 30_000;

/** Up to where a stream was read; null before its first event. */
export interface StreamPosition {
  lastEventId: string | null;
}

/**
 * Follows `GET /api/events` until it is aborted, and goes on after each break where it ended (`Last-Event-ID`), as an
 * EventSource does, which can name no tenant in a header.
 * @throws ApiError when the session has ended or has no right to it
 */
export async function followEvents(
  position: StreamPosition,
  signal: AbortSignal,
  told: (event: EventSourceMessage) => void,
): Promise<void> {
  let failures = 0;
  while (!isAborted(signal)) {
    try {
      await readStream(signal, position.lastEventId, (event) => {
        failures = 0;
        position.lastEventId = event.id ?? position.lastEventId;
        told(event);
      });
    } catch (error) {
      if (isAborted(signal)) return;
      if (error instanceof ApiError && !error.isPassing) throw error;
    }
    await wait(Math.min(firstWaitMs * 2 ** failures, longestWaitMs), signal);
    failures += 1;
  }
}

async function readStream(
  signal: AbortSignal,
  lastEventId: string | null,
  told: (event: EventSourceMessage) => void,
): Promise<void> {
  const tenant = chosenTenant();
  const response = await fetch('/api/events', {
    signal,
    headers: {
      accept: 'text/event-stream',
      ...(lastEventId !== null && { 'last-event-id': lastEventId }),
      ...(tenant !== null && { 'x-evergrant-tenant': tenant }),
    },
  });
  if (!response.ok || response.body === null)
    throw apiErrorOf(await response.json().catch(() => null), response);
  const events = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  for (const reader = events.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return;
    told(value);
  }
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

/** Asked anew after each wait, which the compiler does not reckon with. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
