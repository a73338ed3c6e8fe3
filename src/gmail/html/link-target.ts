/** What a browser opens, or hands to another program; no `javascript:`, no embedded `data:`, nothing local. */
const meaningful = /^(?:https?|ftp|mailto|tel|sms|webcal|geo|sip|xmpp|skype|whatsapp|msteams|zoommtg):/i;
/** A host without its scheme, as people write it; mail programs open it. */
const bareHost = /^(?:www\.|(?:[a-z0-9-]+\.)+[a-z]{2,}(?=[/?#:]|$))/i;
const longestTarget = 20_000;

/** Where a link leads, as far as it means something outside of the mail; else empty. */
export function linkTarget(href: string, base: string): string {
  const target = href.slice(0, longestTarget).replaceAll(/\s+/g, '');
  if (meaningful.test(target)) return target;
  if (target.startsWith('//')) return `https:${target}`;
  if (target === '' || target.startsWith('#') || /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(target)) return '';
  if (base !== '' && URL.canParse(target, base)) return new URL(target, base).href;
  return bareHost.test(target) ? target : '';
}

/** The address that a document says its links start from (`<base>`), if it is one of the web. */
export function baseOf(href: string): string {
  return /^https?:/i.test(href) && URL.canParse(href) ? href : '';
}
