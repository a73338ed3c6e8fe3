import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ConfigurationError } from './configuration-error.js';
import type { Environment } from './environment.js';

const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Trusts the authorities in the file of `NODE_EXTRA_CA_CERTS` besides those that Node comes with, for every connection of
 * the process. Node does so itself, but not where the variable comes from a file `.env`, and it only warns of a file that
 * is missing (https://nodejs.org/api/cli.html#node_extra_ca_certsfile).
 * @throws ConfigurationError when the file cannot be read or holds no certificate
 */
export function trustExtraCertificates({ NODE_EXTRA_CA_CERTS: path }: Environment): void {
  if (path === undefined) return;
  const extra = read(path).match(certificate);
  if (extra === null) throw wrong('names a file without a certificate (PEM)');
  try {
    setDefaultCACertificates([...getCACertificates('default'), ...extra]);
  } catch {
    throw wrong('names a file with a certificate that cannot be read');
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw wrong(`names a file that cannot be read (${code ?? 'no code'})`);
  }
}

function wrong(problem: string): ConfigurationError {
  return new ConfigurationError('NODE_EXTRA_CA_CERTS', problem);
}
