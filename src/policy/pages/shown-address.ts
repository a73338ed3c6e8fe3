import { domainToASCII, domainToUnicode } from 'node:url';
import { html, type Markup } from '../../pages/index.js';
import type { ActAddress } from '../acts/outbound-act.js';
import { shownText } from './shown-text.js';

/**
 * An address as mail goes to it, its name behind it: names are the writer's to choose. A domain of letters beyond ASCII
 * is shown in its ASCII form (RFC 5891), since some of them look like those that they are not.
 */
export function shownAddress({ name, address }: ActAddress): Markup {
  const { ascii, read } = spellings(address);
  const spelled = read === ascii ? html`` : html` (reads as <bdi>${shownText(read)}</bdi>)`;
  const looksForeign = /[^\x20-\x7e]/.test(ascii);
  const warning = looksForeign ? html` <mark>holds letters beyond ASCII</mark>` : html``;
  const named = name.trim() === '' ? html`` : html`, named “<bdi>${shownText(name)}</bdi>”`;
  return html`<bdi><strong>${shownText(ascii)}</strong></bdi
    >${spelled}${warning}${named}`;
}

function spellings(address: string): { ascii: string; read: string } {
  const at = address.lastIndexOf('@');
  if (at < 0) return { ascii: address, read: address };
  const [local, domain] = [address.slice(0, at + 1), address.slice(at + 1)];
  const ascii = domainToASCII(domain);
  // What is no domain stays as it is written.
  if (ascii === '') return { ascii: address, read: address };
  const unicode = domainToUnicode(ascii);
  return { ascii: local + ascii, read: local + (unicode === '' ? ascii : unicode) };
}
