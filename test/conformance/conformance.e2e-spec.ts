import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { newMailbox } from '../harness/mailboxes.js';
import { TestApp } from '../harness/test-app.js';
import { BearerProxy } from './bearer-proxy.js';
import { ConformanceServers } from './conformance-servers.js';
import { requiredScenarios, runConformance } from './conformance-suite.js';

// The official suite runs as a process of its own.
jest.setTimeout(180_000);

const inSessions = [
  'tools-call-sampling',
  'tools-call-elicitation',
  'elicitation-sep1034-defaults',
  'elicitation-sep1330-enums',
];

const proxy = new BearerProxy();
let app: TestApp;
beforeAll(async () => {
  await proxy.listen();
  app = await TestApp.start({ FRONTEND_ORIGINS: proxy.origin }, { mcpServers: ConformanceServers });
  proxy.leadTo(await newMailbox(app));
});
afterAll(async () => {
  await proxy.stop();
  await app.stop();
});

it.each([
  { revision: '2026-07-28', passed: 37, failed: [] },
  { revision: '2025-11-25', passed: 26, failed: inSessions },
])('of what revision $revision requires, $passed scenarios pass', async ({ revision, passed, failed }) => {
  const run = await runConformance(proxy.url, revision);
  const counts = `${run.passed.length} of ${requiredScenarios(revision).length} scenarios passed`;
  process.stdout.write(`\nMCP conformance, revision ${revision}: ${counts}, ${run.failed.length} failed\n`);

  // Of a scenario that only warns too, which the suite counts as passed and its baseline as failed.
  if (run.exitCode !== 0) throw new Error(run.faults.join('\n') || run.output);
  expect(run.failed).toEqual(failed);
  expect(run.passed).toHaveLength(passed);
});
