import { DatabaseUserUnfit } from '../../database/index.js';
import { isDatabaseUnavailable } from '../../errors/index.js';
import { networkFailure } from '../../resilience/index.js';

/** SQLSTATEs of a start that is refused (PostgreSQL 18, appendix A), in words without a value. */
const refusals: Readonly<Record<string, string>> = {
  '28P01': 'the database refused its user or password',
  '28000': 'the database does not let its user in',
  '3D000': 'the database that it names does not exist',
  '42501': 'its user may not do what the migration needs, see "Migrations" in docs/operations.md',
};

/** Says what is wrong in words that hold neither the URL nor its password. */
export function databaseProblem(variable: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  return `${variable}: ${problem(error, code)}${code === null ? '' : ` (${code})`}`;
}

function problem(error: unknown, code: string | null): string {
  if (error instanceof DatabaseUserUnfit) return error.message;
  if (isWithoutTls(error)) return 'the server speaks no TLS; turn it on there, or take sslmode out';
  if (networkFailure(error).kind === 'tls_failure') {
    return (
      "the server's certificate is not trusted; name the file of its authority in NODE_EXTRA_CA_CERTS, " +
      'or as sslrootcert in the URL'
    );
  }
  if (isDatabaseUnavailable(error)) return 'the database cannot be reached';
  return refusals[code ?? ''] ?? 'the database refused the connection or its migration';
}

/** pg has no code for it. */
function isWithoutTls(error: unknown): boolean {
  return error instanceof Error && error.message === 'The server does not support SSL connections';
}
