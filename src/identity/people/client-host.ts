/**
 * The host that vouches for a client of our authorization server: that of the document which the client's id names
 * (draft-ietf-oauth-client-id-metadata-document, section 3). Null for one that has registered itself, whose id is ours
 * and whose name anyone can take.
 */
export function clientHostOf(clientId: string): string | null {
  return clientId.startsWith('https://') && URL.canParse(clientId) ? new URL(clientId).host : null;
}
