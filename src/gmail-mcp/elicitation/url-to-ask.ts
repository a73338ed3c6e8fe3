import type { ToolRun } from '../calls/tool-run.js';

/** A call that a client may be asked about, before it is answered. */
export interface AskableCall {
  /** Whether the client opens URLs for a person, and said so in a revision in which it can be asked. */
  takesUrls: boolean;
  /** Whether it comes again after it was asked about. */
  isRetry: boolean;
}

/** A page for a person to open before a call can succeed: to connect the mailbox, to allow the client more, or to decide on what was held. */
export interface UrlQuestion {
  to: 'connect' | 'allow' | 'approve';
  url: string;
}

/**
 * The page that a person has to open before a call can succeed, if the client is to be asked for that. It is asked once:
 * a call that comes again and is refused or held again is answered with that, which has the link as well, or a client
 * that says yes by itself would go round and round.
 */
export function urlToAsk(run: ToolRun, { takesUrls, isRetry }: AskableCall): UrlQuestion | null {
  if (!takesUrls || isRetry) return null;
  if (run.status === 'ok') return approvalToAsk(run.output);
  const { connectUrl, reason } = run.error;
  if (connectUrl === undefined) return null;
  return { to: reason === 'not_authorized' ? 'allow' : 'connect', url: connectUrl };
}

/** Whether there may be a question to a client about this run. */
export function leavesOpen(run: ToolRun): boolean {
  return run.status !== 'ok' || run.output.status === 'held';
}

function approvalToAsk({ status, approvalUrl }: Record<string, unknown>): UrlQuestion | null {
  return status === 'held' && typeof approvalUrl === 'string' ? { to: 'approve', url: approvalUrl } : null;
}

/** Whether a client that has these capabilities opens URLs; `elicitation: {}` says that it shows forms only. */
export function takesUrls(capabilities: unknown): boolean {
  const { elicitation } = (capabilities ?? {}) as { elicitation?: { url?: unknown } | null };
  return typeof elicitation?.url === 'object' && elicitation.url !== null;
}
