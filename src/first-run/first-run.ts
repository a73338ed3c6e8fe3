import { resolve } from 'node:path';
import { adminApiKey, secretFile, type Environment } from '../config/index.js';
import type { RunningEvergrant } from '../startup/index.js';
import { banner, type BannerFacts } from './banner.js';
import { callDemoTool } from './call-demo-tool.js';
import { consoleLink } from './console-link.js';
import { DemoMailboxes } from './demo-mailbox.js';

/** After the start: connects and tries the sandbox's demo mailbox, and tells people what to do next. */
export async function firstRun(evergrant: RunningEvergrant, isTerminal: boolean): Promise<string> {
  const { environment } = evergrant;
  const demo = environment.usesSandbox ? await demoOf(environment) : null;
  return banner({
    publicUrl: environment.publicUrl,
    redirectUri: `${environment.publicUrl}/oauth/callback`,
    isTerminal,
    adminApiKey: whereTheKeyIs(environment),
    console: await consoleLink(evergrant),
    demo,
  });
}

async function demoOf(environment: Environment): Promise<BannerFacts['demo']> {
  const mailbox = await new DemoMailboxes(
    environment.publicUrl,
    adminApiKey(environment),
    environment.DATA_DIR,
  ).connect();
  return { mailbox, found: await callDemoTool(mailbox) };
}

/** A key that the operator set is never repeated; a generated one has to be shown once, to be known at all. */
function whereTheKeyIs(environment: Environment): BannerFacts['adminApiKey'] {
  if (environment.ADMIN_API_KEY_FILE !== undefined) {
    const shellExpression = '$(cat "$ADMIN_API_KEY_FILE")';
    return { generated: null, source: 'the one in ADMIN_API_KEY_FILE', shellExpression };
  }
  if (environment.ADMIN_API_KEY !== undefined) {
    return { generated: null, source: 'the one in ADMIN_API_KEY', shellExpression: '$ADMIN_API_KEY' };
  }
  const file = resolve(secretFile(environment, 'ADMIN_API_KEY'));
  return {
    generated: adminApiKey(environment),
    source: `kept in ${file}`,
    shellExpression: `$(cat '${file}')`,
  };
}
