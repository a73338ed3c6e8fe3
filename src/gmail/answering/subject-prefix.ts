/**
 * What mail programs put before the subject of a reply and of a forwarded mail, in their languages.
 * https://en.wikipedia.org/wiki/List_of_email_subject_abbreviations
 */
const replyWords =
  're|aw|sv|vs|antw|odp|ynt|r|rif|res|ref|vá|bls|atb|απ|σχετ|השב|תגובה|رد|ответ|回复|回覆|答复|答覆|返信|답장';
const forwardWords =
  'fwd?|wg|tr|rv|vl|vb|enc|pd|i|fs|trs|doorst|ilt|i̇lt|yml|πρθ|הועבר|továbbítás|إعادة توجيه|пересл|转发|轉寄|轉發|転送|전달';
/** A count stands behind some of them: `Re[2]:`, `AW(3):`. East Asian programs write a wide colon. */
const ending = '\\s{0,3}(?:\\[\\d{1,3}\\]|\\(\\d{1,3}\\)|\\d{1,2})?\\s{0,3}[:：]\\s*';
const replyPrefix = new RegExp(`^(?:${replyWords})${ending}`, 'iu');
const forwardPrefix = new RegExp(`^(?:${forwardWords})${ending}`, 'iu');
/** A subject of nothing but prefixes is a stranger's joke. */
const mostPrefixes = 50;

/** The subject of a reply. What says already in some language that it is one stays as it is: Gmail threads by it. */
export function replySubject(subject: string): string {
  return replyPrefix.test(subject) ? subject : `Re: ${subject}`.trim();
}

/** The subject under which a mail is forwarded; no prefix of a reply stays before it. */
export function forwardSubject(subject: string): string {
  const forwarded = without(subject, [replyPrefix]);
  return forwardPrefix.test(forwarded) ? forwarded : `Fwd: ${forwarded}`.trim();
}

/** What is left of a subject without any prefixes. */
export function bareSubject(subject: string): string {
  return without(subject, [replyPrefix, forwardPrefix]).trim();
}

function without(subject: string, prefixes: readonly RegExp[]): string {
  let rest = subject;
  for (let taken = 0; taken < mostPrefixes; taken += 1) {
    const prefix = prefixes.find((each) => each.test(rest));
    if (prefix === undefined) return rest;
    rest = rest.replace(prefix, '');
  }
  return rest;
}
