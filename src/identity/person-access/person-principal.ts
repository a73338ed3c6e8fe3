/** Who calls with a person's token: a client, for the person, as far as the authorization goes. */
export interface PersonPrincipal {
  tenantId: string;
  personId: string;
  authorizationId: string;
  clientId: string;
  clientName: string | null;
  scopes: string[];
  /** The URL that the token is for (RFC 8707). */
  resource: string;
  expiresAt: Date;
  /** The mailboxes that the authorization opens, in the order in which they were connected. */
  instanceIds: string[];
}
