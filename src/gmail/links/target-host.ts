/** As mail programs write them, too: without the scheme. */
const withScheme = /^[a-z][a-z0-9+.-]*:(?!\d)/i;

/** A target as a browser takes it; null when it cannot. */
export function targetUrl(target: string): URL | null {
  const whole = withScheme.test(target) ? target : `https://${target}`;
  return URL.canParse(whole) ? new URL(whole) : null;
}

/**
 * The host that a target leads to, in ASCII and without its port; that of a `mailto:` is the first address's domain.
 * Empty where there is none.
 */
export function targetHost(target: string): string {
  const url = targetUrl(target);
  if (url === null) return '';
  if (url.protocol !== 'mailto:') return withoutDots(url.hostname);
  const [, domain = ''] = /@([^@,?&]+)(?:[,?&]|$)/.exec(url.href) ?? [];
  return domain === '' ? '' : withoutDots(targetUrl(domain)?.hostname ?? '');
}

/** Without the dot of the DNS root. */
function withoutDots(host: string): string {
  return host.replace(/\.{1,5}$/, '');
}
