import { Injectable } from '@nestjs/common';
import { Agent, request } from 'undici';
import {
  admittedAddresses,
  isPublicAddress,
  networkFailure,
  pinnedLookup,
  systemResolver,
  withDeadline,
  type HostResolver,
  type NetworkFailureKind,
  type ResolvedAddress,
} from '../../resilience/index.js';

/** What came of asking a list's server; nothing of its text. */
export type OneClickAnswer =
  | { status: 'answered'; httpStatus: number }
  /** It was not asked: the URL is none that is asked, or its host has an address that is not public. */
  | { status: 'not_public' }
  | { status: 'failed'; kind: NetworkFailureKind };

/** How servers of lists are reached. */
export class ListServersOptions {
  constructor(
    /** Servers on this machine are asked too, over HTTP and on any port: for a mailbox that is none. */
    readonly admitsLoopback = false,
    /** Others are reached through a proxy, which resolves names by itself, so that no list's server is asked. */
    readonly isBehindProxy = false,
    readonly resolver: HostResolver = systemResolver,
    readonly deadlineMs = 10_000,
  ) {}
}

/** RFC 8058, section 3.1. */
const form = 'List-Unsubscribe=One-Click';
const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Asks servers of mailing lists to end a subscription (RFC 8058). A stranger has chosen the URL, so that nothing leads
 * to a host that is not on the public Internet, and nothing of the answer but its status is looked at.
 */
@Injectable()
export class ListServers {
  constructor(private readonly options: ListServersOptions) {}

  /** Whether a server is asked under this URL: over HTTPS on its own port, without a name and a password. */
  takes({ protocol, hostname, port, username, password }: URL): boolean {
    if (username !== '' || password !== '') return false;
    if (this.options.admitsLoopback && loopbackHost.test(hostname)) return /^https?:$/.test(protocol);
    return !this.options.isBehindProxy && protocol === 'https:' && port === '';
  }

  /**
   * POSTs the form, once, without cookies, credentials or a referrer. Redirects are not followed. Once begun it is
   * carried to its end, which comes within the deadline; never rejects for want of an answer.
   * @throws the signal's reason where that has aborted before
   */
  async ask(href: string, signal: AbortSignal): Promise<OneClickAnswer> {
    signal.throwIfAborted();
    const url = new URL(href);
    if (!this.takes(url)) return { status: 'not_public' };
    try {
      return await withDeadline(this.options.deadlineMs, undefined, async (deadline) => {
        const addresses = await Promise.race([this.addressesOf(url), aborted(deadline)]);
        if (addresses === null) return { status: 'not_public' };
        return { status: 'answered', httpStatus: await post(url, addresses, deadline) };
      });
    } catch (error) {
      return { status: 'failed', kind: networkFailure(error).kind };
    }
  }

  private addressesOf({ hostname }: URL): Promise<ResolvedAddress[] | null> {
    const { admitsLoopback, resolver } = this.options;
    const isLocal = admitsLoopback && loopbackHost.test(hostname);
    const admits = isLocal ? isLoopbackAddress : isPublicAddress;
    return admittedAddresses(hostname, admits, resolver);
  }
}

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** A name is resolved for as long as the system likes. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** @returns the status, of the first answer */
async function post(url: URL, addresses: readonly ResolvedAddress[], signal: AbortSignal): Promise<number> {
  const agent = new Agent({ allowH2: false, connections: 1, connect: { lookup: pinnedLookup(addresses) } });
  try {
    const { statusCode, body } = await request(url, {
      ...{ dispatcher: agent, signal, method: 'POST', body: form },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    body.on('error', () => undefined).destroy();
    return statusCode;
  } finally {
    // With the connection, over which a body of any length would still come.
    await agent.destroy();
  }
}
