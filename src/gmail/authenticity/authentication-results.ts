/** What Gmail found when it received a message; null where it says nothing of a method. */
export interface AuthenticationResults {
  spf: string | null;
  dkim: string | null;
  dmarc: string | null;
}

/** As long as this, a header is read within a millisecond; Gmail's own are shorter than a tenth of it. */
const maxChars = 10_000;
const gmailAuthserv = /^\s*mx\.google\.com(?:\s+\d+)?\s*$/i;

/**
 * Reads Gmail's own `Authentication-Results` (RFC 8601, section 2.2). Headers stand newest first, so only the first of
 * that name can be Gmail's: one further down was there when the message arrived, whatever name it bears.
 * @returns null when Gmail has not judged the message, as with mail that was inserted or is the owner's own
 */
export function authenticationResults(first: string | undefined): AuthenticationResults | null {
  const judgements = gmailJudgements(first);
  if (judgements === null) return null;
  const resultsOf = (method: string): string[] => {
    const pattern = new RegExp(String.raw`^\s*${method}\s*=\s*([a-z]+)`, 'i');
    return judgements.flatMap((judgement) => pattern.exec(judgement)?.[1]?.toLowerCase() ?? []);
  };
  // A message may be signed several times: one good signature is enough.
  const best = (results: string[]): string | null =>
    results.includes('pass') ? 'pass' : (results[0] ?? null);
  return { spf: best(resultsOf('spf')), dkim: best(resultsOf('dkim')), dmarc: best(resultsOf('dmarc')) };
}

/** What Gmail says of each method, without comments; null when it has not judged the message. */
export function gmailJudgements(first: string | undefined): string[] | null {
  const [authserv, ...judgements] = withoutComments((first ?? '').slice(0, maxChars)).split(';');
  return gmailAuthserv.test(authserv ?? '') ? judgements : null;
}

/** Comments may nest, and hold what looks like a result (RFC 5322, section 3.2.2). */
function withoutComments(text: string): string {
  let depth = 0;
  let rest = '';
  for (const [token] of text.matchAll(/\\?./gsu)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) rest += token;
  }
  return rest;
}
