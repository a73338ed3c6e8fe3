/** Who calls with a person's token: a client, for the person, as far as the authorization goes. */
export interface PersonPrincipal {
  /** Of the token; null where another authorization server has issued it. */
  tokenId: string | null;
  tenantId: string;
  personId: string;
  authorizationId: string;
  clientId: string;
  /** As the client calls itself; null when it does not. */
  clientName: string | null;
  /** That vouches for the client; null where none does. */
  clientHost: string | null;
  scopes: string[];
  /** The URL that the token is for (RFC 8707). */
  resource: string;
  expiresAt: Date;
  /** The mailboxes that the authorization opens, in the order in which they were connected. */
  instanceIds: string[];
}
