import { calculatePKCECodeChallenge } from 'oauth4webapi';

/** The S256 code challenge of a code verifier (RFC 7636 section 4.2). */
export const codeChallenge = (verifier: string): Promise<string> => calculatePKCECodeChallenge(verifier);
