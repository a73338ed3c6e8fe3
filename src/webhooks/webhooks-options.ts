import { systemResolver, type HostResolver } from '../resilience/index.js';

/** How receivers are reached. */
export class WebhooksOptions {
  constructor(
    /** Receivers on this machine are told too, over HTTP as well, on any port. */
    readonly admitsLoopback = false,
    /** Others are reached through a proxy, which resolves names by itself, so that none of them is told. */
    readonly isBehindProxy = false,
    readonly resolver: HostResolver = systemResolver,
    /** Of one attempt, in milliseconds. */
    readonly deadlineMs = 15_000,
  ) {}
}
