import { isIP } from 'node:net';

/** The name in a Host header, without its port and in lower case; '' for what is none. */
export function hostName(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
}

/** An address, which cannot be made to point elsewhere. */
export function isAddress(name: string): boolean {
  return isIP(name.replace(/^\[|\]$/g, '')) > 0;
}

/** Whether a name stands for this machine or is an address: it says nothing about who runs what answers there. */
export function isLocalName(name: string): boolean {
  return isAddress(name) || name === 'localhost' || name.endsWith('.localhost');
}
