/** Google's issuer, as in the `iss` of redirects (RFC 9207) and of id_tokens. */
export const issuer = 'https://accounts.google.com';
