import { Injectable } from '@nestjs/common';
import { PersonWidenings } from '../../identity/index.js';
import { OAuthFlows, type Instance, type PersonScope } from '../../instances/index.js';
import type { McpCaller } from '../guards/mcp-request.js';
import type { TokenHolder } from '../token-holder.js';
import { McpOptions } from '../mcp-options.js';
import { type AttachedPart, type AttachmentLink, AttachmentLinks } from '../links/attachment-links.js';

/** The links that an answer may hold, all to pages of ours. */
@Injectable()
export class CallerLinks {
  constructor(
    private readonly flows: OAuthFlows,
    private readonly attachments: AttachmentLinks,
    private readonly widenings: PersonWidenings,
    private readonly options: McpOptions,
  ) {}

  /** For a person to open, who connects one of their mailboxes with more permissions there. */
  get mailboxesUrl(): string {
    return this.options.mailboxesUrl;
  }

  /** For a person to open, who connects the mailbox there. */
  async connectUrl(instance: Instance): Promise<string> {
    return (await this.flows.issue(instance)).authorizationUrl;
  }

  /**
   * For the person to open whose client it is, who lets it do more there; null where that cannot be: for an MCP token,
   * and where another authorization server decides.
   * @param instance in which the client lacks the scopes; null for none
   */
  async wideningUrl(
    holder: TokenHolder,
    scopes: readonly PersonScope[],
    instance: Pick<Instance, 'id'> | null,
  ): Promise<string | null> {
    if (holder.kind !== 'person' || scopes.length === 0) return null;
    return this.widenings.issue(holder.authorizationId, { scopes, instanceId: instance?.id ?? null });
  }

  attachmentLink(
    { instance, holder, tokenExpiresAt }: McpCaller,
    part: AttachedPart,
  ): Promise<AttachmentLink> {
    const { id: instanceId, tenantId } = instance;
    return this.attachments.issue({ tenantId, instanceId, holder, tokenExpiresAt }, part);
  }
}
