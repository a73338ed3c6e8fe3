import { Injectable } from '@nestjs/common';
import { bearerToken, McpTokens, mcpTokenPrefix, PersonTokens } from '../../identity/index.js';
import type { FoundToken } from './admitted-caller.js';

const none = { kind: 'none' } as const satisfies FoundToken;

/** What the tokens are that requests show. An MCP token is known by how it begins, so that each is looked up once. */
@Injectable()
export class PresentedTokens {
  constructor(
    private readonly mcpTokens: McpTokens,
    private readonly personTokens: PersonTokens,
  ) {}

  /** @throws EvergrantError `UNAUTHENTICATED` with a `reason` while its tenant is suspended */
  async find(authorization: string | undefined): Promise<FoundToken> {
    const token = bearerToken(authorization);
    if (token === null) return none;
    if (token.startsWith(mcpTokenPrefix)) {
      const principal = await this.mcpTokens.verify(token);
      return principal === null ? none : { kind: 'mcp-token', principal };
    }
    const principal = await this.personTokens.verify(token);
    return principal === null ? none : { kind: 'person', principal };
  }
}
