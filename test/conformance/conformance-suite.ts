import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';

const suite = join(repository, 'node_modules/@modelcontextprotocol/conformance');
const baseline = join(repository, 'test/conformance/expected-failures.yml');

export interface ConformanceRun {
  /** 0 when just what the baseline names has failed. */
  exitCode: number | null;
  passed: string[];
  failed: string[];
  /** Of all scenarios, as `scenario: check: what is wrong`. */
  faults: string[];
  output: string;
}

interface Check {
  id: string;
  status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  errorMessage?: string;
}

/** What a revision requires of servers, by the suite itself. */
export function requiredScenarios(revision: string): string[] {
  const text = readFileSync(join(suite, 'requirements', `${revision}.yaml`), 'utf8');
  return (parse(text) as { server: string[] }).server;
}

/** Runs what a revision requires against an MCP endpoint that asks for no token. */
export async function runConformance(url: string, revision: string): Promise<ConformanceRun> {
  const folder = temporaryFolder();
  try {
    const process = NodeProcess.start([
      join(suite, 'dist/index.js'),
      ...['server', '--url', url, '--requirements', revision],
      ...['--expected-failures', baseline, '--output-dir', folder.path],
    ]);
    const exitCode = await process.exitCode();
    const checks = new Map(requiredScenarios(revision).map((name) => [name, checksOf(folder.path, name)]));
    const hasFailed = (name: string): boolean => {
      const own = checks.get(name) ?? [];
      return own.length === 0 || own.some(({ status }) => status === 'FAILURE');
    };
    return {
      exitCode,
      passed: [...checks.keys()].filter((name) => !hasFailed(name)),
      failed: [...checks.keys()].filter(hasFailed),
      faults: [...checks].flatMap(([name, own]) =>
        own
          .filter(({ status }) => status === 'FAILURE' || status === 'WARNING')
          .map(({ id, status, errorMessage = '' }) => `${name}: ${status} ${id}: ${errorMessage}`),
      ),
      output: process.stdout + process.stderr,
    };
  } finally {
    folder.remove();
  }
}

/** The suite keeps the checks of each scenario in a folder of its own, named with a time. */
function checksOf(folder: string, scenario: string): Check[] {
  const own = readdirSync(folder).find((name) => new RegExp(`^server-${scenario}-\\d{4}-`).test(name));
  return own === undefined
    ? []
    : (JSON.parse(readFileSync(join(folder, own, 'checks.json'), 'utf8')) as Check[]);
}
