import type { SignInWishes } from './people/sign-in-rules.js';

/** What the composition tells IdentityModule. */
export class IdentityOptions {
  constructor(
    /** The operator's key (`ADMIN_API_KEY`). */
    readonly adminApiKey: string,
    /** Where the console lives (`PUBLIC_URL`). */
    readonly publicUrl: string,
    /** Requests a minute of one API key or MCP token; 0 sets no limit. */
    readonly rateLimitPerMinute: number,
    /** Days that API keys live if nothing is said; 0 for ever. */
    readonly apiKeyLifeDays = 0,
    /** Days that further MCP tokens live if nothing is said; 0 for ever. */
    readonly mcpTokenLifeDays = 0,
    /** Who may sign in. */
    readonly signIn: SignInWishes = { domains: [], emails: [], everyone: false },
  ) {}

  /** The only origin whose pages may use a console session. */
  get ownOrigin(): string {
    return new URL(this.publicUrl).origin;
  }
}
