import type { SignInWishes } from './people/sign-in-rules.js';
import type { ExternalIssuerNames } from './person-access/external-issuer.js';

/** What may be left out. */
interface IdentityChoices {
  /** Days that API keys live if nothing is said; 0 for ever. */
  apiKeyLifeDays?: number;
  /** Days that further MCP tokens live if nothing is said; 0 for ever. */
  mcpTokenLifeDays?: number;
  /** Who may sign in; without it no one. */
  signIn?: SignInWishes;
  /** Whose tokens people bring; without it our own. */
  externalIssuer?: ExternalIssuerNames | undefined;
}

/** What the composition tells IdentityModule. */
export class IdentityOptions {
  constructor(
    /** The operator's key (`ADMIN_API_KEY`). */
    readonly adminApiKey: string,
    /** Where the console lives (`PUBLIC_URL`). */
    readonly publicUrl: string,
    /** Requests a minute of one API key or MCP token; 0 sets no limit. */
    readonly rateLimitPerMinute: number,
    private readonly choices: IdentityChoices = {},
  ) {}

  get apiKeyLifeDays(): number {
    return this.choices.apiKeyLifeDays ?? 0;
  }

  get mcpTokenLifeDays(): number {
    return this.choices.mcpTokenLifeDays ?? 0;
  }

  get signIn(): SignInWishes {
    return this.choices.signIn ?? { domains: [], emails: [], everyone: false };
  }

  get externalIssuer(): ExternalIssuerNames | null {
    return this.choices.externalIssuer ?? null;
  }

  /** The only origin whose pages may use a console session. */
  get ownOrigin(): string {
    return new URL(this.publicUrl).origin;
  }
}
