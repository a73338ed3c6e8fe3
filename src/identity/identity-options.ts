/** What the composition tells IdentityModule. */
export class IdentityOptions {
  constructor(
    /** The operator's key (`ADMIN_API_KEY`). */
    readonly adminApiKey: string,
    /** Where the console lives (`PUBLIC_URL`). */
    readonly publicUrl: string,
    /** Requests a minute of one API key or MCP token; 0 sets no limit. */
    readonly rateLimitPerMinute: number,
  ) {}

  /** The only origin whose pages may use a console session. */
  get ownOrigin(): string {
    return new URL(this.publicUrl).origin;
  }
}
