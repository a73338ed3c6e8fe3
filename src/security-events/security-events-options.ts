import type { OutboundProxy } from '../resilience/index.js';

/** What the composition tells SecurityEventsModule; a class, so that it can be injected. */
export class SecurityEventsOptions {
  constructor(
    /** The deployment's OAuth clients, former ones included: events for others are not for us. */
    readonly clientIds: readonly string[],
    /** Of Google's RISC configuration document. */
    readonly configurationUrl: string,
    /** Whether keys may be fetched from there: https, or this machine. */
    readonly mayAsk: (url: string) => boolean,
    readonly proxy: OutboundProxy | null,
  ) {}
}
