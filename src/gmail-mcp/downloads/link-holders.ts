import { Injectable } from '@nestjs/common';
import { CallerRateLimit, McpTokens } from '../../identity/index.js';
import { KnownInstances, narrowedScopes, type Instance } from '../../instances/index.js';
import type { LinkedPart } from '../links/attachment-link.js';
import { AttachmentLinks, linkGone } from '../links/attachment-links.js';
import { PersonLinkHolders } from './person-link-holders.js';

/** What a link opens: the part, and the instance with the scopes that its holder has of the instance's. */
interface OpenedLink {
  part: LinkedPart;
  instance: Instance;
}

type LinkedTo = Pick<LinkedPart, 'tenantId' | 'instanceId' | 'holder'>;

/** Finds out whether those whom a link was given to may still have what it opens. */
@Injectable()
export class LinkHolders {
  constructor(
    private readonly links: AttachmentLinks,
    private readonly tokens: McpTokens,
    private readonly people: PersonLinkHolders,
    private readonly rateLimit: CallerRateLimit,
    private readonly instances: KnownInstances,
  ) {}

  /**
   * Counts as a request of who was given the link.
   * @throws EvergrantError `NOT_FOUND` with the reason, `FORBIDDEN` while the tenant is suspended, `RATE_LIMITED`
   */
  async open(link: string): Promise<OpenedLink> {
    const part = await this.links.open(link);
    return { part, instance: await this.admit(part) };
  }

  /**
   * The instance that a link was given for, with the scopes that its holder has of the instance's.
   * @throws as {@link open} does
   */
  async admit({ tenantId, instanceId, holder }: LinkedTo): Promise<Instance> {
    const scopes =
      holder.kind === 'mcp-token'
        ? await this.scopesOfToken({ tenantId, instanceId }, holder.tokenId)
        : await this.people.scopes({ tenantId, instanceId }, holder);
    const instance = await this.instances.findById(tenantId, instanceId);
    if (instance === null) throw linkGone('link_withdrawn');
    return { ...instance, scopes: narrowedScopes(instance.scopes, scopes) };
  }

  private async scopesOfToken(
    { tenantId, instanceId }: Pick<LinkedTo, 'tenantId' | 'instanceId'>,
    tokenId: string,
  ): Promise<readonly string[] | null> {
    const token = await this.tokens.findLive(tenantId, tokenId);
    if (token?.instanceId !== instanceId) throw linkGone('link_withdrawn');
    await this.rateLimit.admitMcpToken(tokenId);
    return token.scopes;
  }
}
