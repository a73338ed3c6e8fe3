import { Injectable } from '@nestjs/common';
import { request, type Dispatcher } from 'undici';
import {
  askPinned,
  isLoopbackAddress,
  isLoopbackHost,
  isPublicAddress,
  networkFailure,
  systemResolver,
  type HostResolver,
  type NetworkFailureKind,
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
    if (this.options.admitsLoopback && isLoopbackHost(hostname)) return /^https?:$/.test(protocol);
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
    const { admitsLoopback, resolver, deadlineMs } = this.options;
    const isLocal = admitsLoopback && isLoopbackHost(url.hostname);
    const reach = { admits: isLocal ? isLoopbackAddress : isPublicAddress, resolver, deadlineMs };
    try {
      const httpStatus = await askPinned(url, reach, (dispatcher, deadline) =>
        post(url, dispatcher, deadline),
      );
      return httpStatus === null ? { status: 'not_public' } : { status: 'answered', httpStatus };
    } catch (error) {
      return { status: 'failed', kind: networkFailure(error).kind };
    }
  }
}

/** @returns the status, of the first answer */
async function post(url: URL, dispatcher: Dispatcher, signal: AbortSignal): Promise<number> {
  const { statusCode, body } = await request(url, {
    ...{ dispatcher, signal, method: 'POST', body: form },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  body.on('error', () => undefined).destroy();
  return statusCode;
}
