import { randomUUID } from 'node:crypto';
import type { CreatedInstance, TestApp } from './test-app.js';

/** An instance that is connected to an account of its own. */
export type TestMailbox = CreatedInstance & { account: string };

/** A connected mailbox of an account that no other test touches; `input` is what the instance is made of. */
export async function newMailbox(app: TestApp, input: Record<string, unknown> = {}): Promise<TestMailbox> {
  const account = `${randomUUID()}@sandbox.test`;
  await app.google.addAccount({ email: account });
  return { ...(await app.connectedInstance({ account }, input)), account };
}
