/** How an address is spelled where mail goes to, and how it was written. */
export interface AddressSpelling {
  /** Its domain in ASCII (RFC 5891), since letters beyond it may look like those that they are not. */
  ascii: string;
  /** As it was written, where that is something else. */
  written: string | null;
  /** Whether it holds letters beyond ASCII, or a domain that stands for some. */
  isForeign: boolean;
}

const domainName = /^[^\s/?#@:\\%[\]]+$/;
const foreignLabel = /(?:^|\.)xn--/i;

export function addressSpelling(address: string): AddressSpelling {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const ascii = at < 0 ? address : address.slice(0, at + 1) + asciiDomain(domain);
  return {
    ascii,
    written: ascii.toLowerCase() === address.toLowerCase() ? null : address,
    isForeign: /[^\x20-\x7e]/.test(address) || foreignLabel.test(domain),
  };
}

/** What is no domain stays as it is written. */
function asciiDomain(domain: string): string {
  if (!/[^\x20-\x7e]/.test(domain) || !domainName.test(domain)) return domain;
  return URL.parse(`https://${domain}/`)?.hostname ?? domain;
}
