// Fails on known vulnerabilities of production dependencies and on install scripts that package.json does not name.
// Where the registry cannot say anything of vulnerabilities, that is said and passed over.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Less is said, and does not fail. */
const failingSeverities = ['high', 'critical'];

/** npm names these when it did not reach the registry, in the text of its error only. */
const unreachable =
  /\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b|network timeout/;

/** What a report of `npm audit --json` means: clean, vulnerable, unanswered or unreadable. */
function verdictOf(text) {
  let report;
  try {
    report = JSON.parse(text);
  } catch {
    return { status: 'unreadable', why: 'npm audit wrote no JSON' };
  }
  if (report.metadata?.vulnerabilities !== undefined) {
    const found = Object.values(report.vulnerabilities).map(({ name, severity }) => `${name} (${severity})`);
    const failing = failingSeverities.some((severity) => report.metadata.vulnerabilities[severity] > 0);
    return { status: failing ? 'vulnerable' : 'clean', why: found.join(', ') || 'none known' };
  }
  const why = String(report.message ?? report.error?.summary ?? 'no reason given');
  // An answer other than a report: the registry has no such endpoint, or is not well.
  const refused = typeof report.statusCode === 'number' && report.statusCode >= 400;
  return { status: refused || unreachable.test(why) ? 'unanswered' : 'unreadable', why };
}

function vulnerabilities() {
  const args = ['audit', '--omit=dev', '--json', '--fetch-retries=1', '--fetch-timeout=30000'];
  const { stdout, error } = spawnSync('npm', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return error ? { status: 'unreadable', why: error.message } : verdictOf(stdout);
}

/** Packages, of any kind, that npm would run scripts of when they are installed, and that allowScripts does not decide on. */
function undecidedScripts() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const { allowScripts = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
  return Object.entries(packages)
    .filter(([path, { hasInstallScript }]) => path !== '' && hasInstallScript === true)
    .map(([path, { name }]) => name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
    .filter((name) => !Object.hasOwn(allowScripts, name));
}

const { status, why } = vulnerabilities();
console.log(`Vulnerabilities of production dependencies: ${status}: ${why}`);
const scripts = undecidedScripts();
console.log(`Install scripts that allowScripts does not name: ${scripts.join(', ') || 'none'}`);
if (status === 'vulnerable' || status === 'unreadable' || scripts.length > 0) process.exitCode = 1;
