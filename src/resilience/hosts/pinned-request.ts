import { Agent, type Dispatcher } from 'undici';
import { withDeadline } from '../time/with-deadline.js';
import { admittedAddresses, pinnedLookup, type HostResolver, type ResolvedAddress } from './pinned-lookup.js';

/** How a host is reached whose URL a stranger has chosen. */
export interface PinnedReach {
  /** Which addresses are connected to. */
  admits: (address: string) => boolean;
  resolver: HostResolver;
  /** Of resolving, connecting and asking together, in milliseconds. */
  deadlineMs: number;
  maxResponseSize?: number | undefined;
  /** Certificate authorities besides the system's, as PEM. */
  authorities?: string | undefined;
}

/**
 * Asks a host over a connection that goes to one of its addresses, all of which were looked at before: a name that
 * resolves otherwise a moment later leads nowhere else. Redirects are not followed by what is handed over.
 * @param ask one request through the dispatcher, which ends with it, whatever of the answer is unread
 * @returns null where an address of the host is not admitted, and nothing was asked
 * @throws what resolving and asking throw, and a `TimeoutError` at the deadline
 */
export async function askPinned<Answer>(
  url: URL,
  { admits, resolver, deadlineMs, maxResponseSize, authorities }: PinnedReach,
  ask: (dispatcher: Dispatcher, deadline: AbortSignal) => Promise<Answer>,
): Promise<Answer | null> {
  return withDeadline(deadlineMs, undefined, async (deadline) => {
    const addresses = await Promise.race([
      admittedAddresses(url.hostname, admits, resolver),
      aborted(deadline),
    ]);
    if (addresses === null) return null;
    const agent = pinnedAgent(addresses, { maxResponseSize, authorities });
    try {
      return await ask(agent, deadline);
    } finally {
      // With the connection, over which a body of any length would still come.
      await agent.destroy();
    }
  });
}

function pinnedAgent(
  addresses: readonly ResolvedAddress[],
  { maxResponseSize, authorities }: Pick<PinnedReach, 'maxResponseSize' | 'authorities'>,
): Agent {
  return new Agent({
    ...{ allowH2: false, connections: 1 },
    ...(maxResponseSize === undefined ? {} : { maxResponseSize }),
    connect: {
      lookup: pinnedLookup(addresses),
      ...(authorities === undefined ? {} : { ca: authorities }),
    },
  });
}

/** A name is resolved for as long as the system likes. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
