import { Injectable } from '@nestjs/common';
import { OAuthFlows, type Instance } from '../../instances/index.js';
import type { McpCaller } from '../guards/mcp-request.js';
import { McpOptions } from '../mcp-options.js';
import { type AttachedPart, type AttachmentLink, AttachmentLinks } from '../links/attachment-links.js';

/** The links that an answer may hold, all to pages of ours. */
@Injectable()
export class CallerLinks {
  constructor(
    private readonly flows: OAuthFlows,
    private readonly attachments: AttachmentLinks,
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

  attachmentLink(
    { instance, holder, tokenExpiresAt }: McpCaller,
    part: AttachedPart,
  ): Promise<AttachmentLink> {
    const { id: instanceId, tenantId } = instance;
    return this.attachments.issue({ tenantId, instanceId, holder, tokenExpiresAt }, part);
  }
}
