/** In SQL, for a credential `c`: a hold stands over it, should it be or become suspect. */
export const underHold = `EXISTS (SELECT FROM verdict_holds h
  WHERE h.oauth_client_id = c.oauth_client_id AND (h.tenant_id IS NULL OR h.tenant_id = c.tenant_id))`;

/** In SQL, for a credential `c`: it is suspect, and the hold over it says that nobody is to be asked to sign in. */
export const heldSuspect = `(c.verdict = 'suspect' AND c.suspected_at IS NOT NULL AND ${underHold})`;
