import { Injectable } from '@nestjs/common';
import type { CallToolResult } from '@modelcontextprotocol/server';
import { type PersonScope, personScopes, servedPersonScopes } from '../../instances/index.js';
import { CallerLinks } from '../calls/caller-links.js';
import { McpMetrics } from '../calls/mcp-metrics.js';
import { readableOutput } from '../calls/readable-output.js';
import { callToolResult } from '../calls/tool-run.js';
import { unavailableTools } from '../calls/tools-of-instance.js';
import { toEvergrantError } from '../../errors/index.js';
import type { PersonCaller } from '../guards/mcp-request.js';
import { mailboxName } from '../naming/mailbox-name.js';
import type { OpenedInstance } from '../tool-permission.js';
import { toolAnswer } from '../tools/index.js';
import { type ListedMailbox, listedText, listMailboxes, mailboxState } from './list-mailboxes.js';
import { refusedRun } from './mailbox-refusals.js';
import { McpOptions } from '../mcp-options.js';

/** Answers `list_mailboxes`: from memory and the database, without a question to Google. */
@Injectable()
export class MailboxList {
  constructor(
    private readonly links: CallerLinks,
    private readonly metrics: McpMetrics,
    private readonly options: McpOptions,
  ) {}

  async answer(person: PersonCaller): Promise<CallToolResult> {
    const ended = this.metrics.callStarted(listMailboxes.name);
    try {
      if (person.overLimit !== null) throw person.overLimit;
      const mailboxes = await Promise.all(person.instances.map((instance) => this.listed(instance)));
      const allowMoreUrl = await this.links.wideningUrl(person.holder, lackingIn(person), null);
      const output = readableOutput({
        ...{ mailboxes, connectAnotherUrl: this.options.mailboxesUrl },
        ...(allowMoreUrl === null ? {} : { allowMoreUrl }),
      });
      const { text, structure } = toolAnswer(output, person.resultForm(), { text: listedText }, false);
      ended('ok');
      return { content: [{ type: 'text', text }], structuredContent: structure };
    } catch (thrown) {
      const error = toEvergrantError(thrown);
      ended(error.code, error.reason);
      return callToolResult(refusedRun(error));
    }
  }

  private async listed(instance: OpenedInstance): Promise<ListedMailbox> {
    const { id: instanceId, scopes, grantedScopes, clientScopes = [] } = instance;
    const state = mailboxState(instance);
    const served = new Set(servedPersonScopes(state === 'not_connected' ? scopes : grantedScopes));
    return {
      mailbox: mailboxName(instance),
      instanceId,
      state,
      scopes: clientScopes.filter((scope) => served.has(scope)),
      unavailableTools: unavailableTools(instance).filter(({ reason }) => reason !== 'toolset_off'),
      ...(needsOwner(instance) ? { connectUrl: await this.links.connectUrl(instance) } : {}),
    };
  }
}

/** Of what a person can allow a client, what this one lacks. */
function lackingIn({ instances }: PersonCaller): PersonScope[] {
  const held = instances[0]?.clientScopes ?? personScopes;
  return personScopes.filter((scope) => !held.includes(scope));
}

/** Also where the owner has left out what is asked for: a consent mends that. */
function needsOwner(instance: OpenedInstance): boolean {
  const { requiresReauth, oauthStatus } = instance;
  return (
    requiresReauth ||
    oauthStatus !== 'completed' ||
    unavailableTools(instance).some(({ reason }) => reason === 'not_granted')
  );
}
