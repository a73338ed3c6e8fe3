/** What a browser opens, or hands to another program; no `javascript:`, no embedded `data:`, nothing local. */
const meaningful = /^(?:https?|ftp|mailto|tel|sms|webcal|geo|sip|xmpp|skype|whatsapp|msteams|zoommtg):/i;
/** A host without its scheme, as people write it; mail programs open it. */
const bareHost = /^(?:www\.|(?:[a-z0-9-]+\.)+[a-z]{2,}(?=[/?#:]|$))/i;
/** Without `mailto:`, as people write it. */
const mailAddress = /^[\w.+'-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63}(?:\?[^@]*)?$/i;
const longestTarget = 20_000;
/** What would not be seen of a target; a browser writes it in this form, too. */
const unseen = /[\s\p{Control}\p{Surrogate}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/u;
const eachUnseen = new RegExp(unseen, 'gu');

/** Where a link leads, as far as it means something outside of the mail; else empty. */
export function linkTarget(href: string, base: string): string {
  const target = written(href.slice(0, longestTarget));
  if (meaningful.test(target)) return target;
  if (target.startsWith('//')) return `https:${target}`;
  if (target === '' || (target.startsWith('#') && base === '') || /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(target))
    return '';
  if (mailAddress.test(target)) return `mailto:${target}`;
  if (base !== '' && URL.canParse(target, base)) return new URL(target, base).href;
  return bareHost.test(target) ? target : '';
}

/** Without what the URL Standard (section 4.4) takes out, and on one word. */
function written(href: string): string {
  const inner = href
    .trim()
    .replaceAll(/[\t\n\r\f]+/g, '')
    .replace(/^[\\/]{2}/, '//');
  if (!unseen.test(inner)) return inner;
  return inner.replaceAll(eachUnseen, (char) =>
    encodeURIComponent(/\p{Surrogate}/u.test(char) ? '\ufffd' : char),
  );
}

/** The address that a document says its links start from (`<base>`), if it is one of the web. */
export function baseOf(href: string): string {
  return /^https?:/i.test(href) && URL.canParse(href) ? href : '';
}
