import { Logger } from '@nestjs/common';
import { inputRequired, type InputRequiredResult } from '@modelcontextprotocol/server';
import type { ToolRun } from '../calls/tool-run.js';
import type { McpCaller } from '../guards/mcp-request.js';
import { mailboxName } from '../naming/mailbox-name.js';
import type { RequestStates } from './request-states.js';
import { type AskableCall, urlToAsk, type UrlQuestion } from './url-to-ask.js';

const messages = {
  connect: (mailbox) =>
    `The Gmail mailbox ${mailbox} has to be connected with Google. Its owner can do that on this page.`,
  allow: (mailbox) =>
    `This needs more than you have allowed this application in the Gmail mailbox ${mailbox}. You can allow it on this page.`,
  approve: (mailbox) =>
    `Something is to leave the Gmail mailbox ${mailbox}. Nothing was sent yet: this page shows what it is, and its ` +
    'owner can approve or reject it there.',
} as const satisfies Record<UrlQuestion['to'], (mailbox: string) => string>;

/**
 * Asks the person behind a client to open a page of ours, where a call is refused for want of a sign-in or held for a
 * decision, and the client can be asked (revision 2026-07-28, Elicitation, URL mode). The URL holds no credentials: the
 * page lets in those who prove who they are.
 */
export class SignInQuestions {
  private readonly logger = new Logger(SignInQuestions.name);

  constructor(private readonly states: RequestStates) {}

  /** What the call is answered with instead of its result; null where the result is the answer. Never rejects. */
  async about(
    run: ToolRun,
    caller: McpCaller,
    call: AskableCall & { method: string },
  ): Promise<InputRequiredResult | null> {
    const question = urlToAsk(run, call);
    if (question === null) return null;
    const { to, url } = question;
    const message = messages[to](JSON.stringify(mailboxName(caller.instance)));
    const requestState = await this.stateOf(caller, call.method);
    if (requestState === null) return null;
    return inputRequired({
      inputRequests: { [to]: inputRequired.elicitUrl({ message, url }) },
      requestState,
    });
  }

  /** Null where there is none to be had: the result is told then, which has the link as well. */
  private async stateOf(caller: McpCaller, method: string): Promise<string | null> {
    try {
      return await this.states.issue(caller, method);
    } catch (cause) {
      this.logger.warn({
        msg: 'A client could not be asked to have a page opened',
        cause: String(cause),
      });
      return null;
    }
  }

  /** @throws Error for a state that was not given to this caller for this method, or too long ago */
  verifyState(state: string, caller: McpCaller, method: string): Promise<void> {
    return this.states.verify(state, caller, method);
  }
}
