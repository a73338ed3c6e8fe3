import { until, type FaultRuleInput } from '../sandbox/index.js';
import type { ProductProcess } from './product-process.js';
import { callerOf } from './audit.js';
import type { World } from './world.js';

/** A refresh that met a fault at the provider. */
export interface FaultyRefresh {
  /** Who was asked for it; another process may be making it. */
  api: ProductProcess;
  /** The life of the process that has the request open at the provider. */
  caller: string;
}

const meetLimitMs = 5_000;

/**
 * Makes an API process refresh a mailbox, and the provider's fault meet that request. A mailbox that is not refreshed
 * just now, because its last outcome is unknown, is passed over for the next.
 * @throws Error when none can be refreshed
 */
export async function askWithFault(
  { process, mailbox: first }: { process: number; mailbox: number },
  { stage, mailboxes, all }: World,
  fault: FaultRuleInput['fault'],
): Promise<FaultyRefresh> {
  const { google } = stage;
  const api = stage.numbered('api', process);
  for (const [turn] of all.entries()) {
    await api.ready();
    const mailbox = all[(first + turn) % all.length];
    if (mailbox === undefined) break;
    const { accessToken } = await mailboxes.accessToken(api, mailbox);
    if (accessToken === undefined) continue;
    const before = (await google.ledger()).tokenRequests.length;
    const match = { account: mailbox.account, grantType: 'refresh_token' };
    const { id } = await google.addFault({ target: 'token', times: 1, match, fault });
    // Its answer may come when the event is long over, or never.
    void mailboxes.anotherToken(api, mailbox, accessToken);
    const met = await until(
      'the fault is met',
      async () => {
        const { tokenRequests } = await google.ledger();
        return tokenRequests
          .slice(before)
          .find((entry) => entry.account === mailbox.account && entry.fault === fault.kind);
      },
      { limitMs: meetLimitMs },
    ).catch(() => null);
    if (met) return { api, caller: callerOf(met) };
    await google.clearFaults(id);
    await google.release();
  }
  throw new Error('No mailbox could be refreshed');
}
