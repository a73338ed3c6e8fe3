import type { OutboundProxy } from '../../resilience/index.js';

/** Who may push notifications of Gmail to us, and how that is found out. */
export interface PubsubOptions {
  /** Of the push subscription; its tokens name it. */
  serviceAccount: string;
  /** Where Google publishes the keys that its tokens are signed with, as a JWK set. */
  certsUrl: string;
  /** Of Google's tokens. */
  issuer: string;
  proxy: OutboundProxy | null;
}

export const pubsubPath = '/gmail/pubsub';
