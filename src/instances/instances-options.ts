/** What accounts are connected to: Google, the sandbox that was started with us, or something else in Google's place. */
export type GoogleKind = 'google' | 'sandbox' | 'stand-in';

/** What the composition tells InstancesModule. */
export class InstancesOptions {
  constructor(
    /** Base of the connect, callback and MCP URLs (`PUBLIC_URL`). */
    readonly publicUrl: string,
    /** Origins that `returnTo` may name. */
    readonly returnOrigins: readonly string[],
    readonly google: GoogleKind = 'google',
  ) {}

  /** Where the provider sends the browser back to; registered with the OAuth client, matched exactly. */
  get redirectUri(): string {
    return `${this.publicUrl}/oauth/callback`;
  }

  mcpUrl(instanceId: string): string {
    return `${this.publicUrl}/mcp/${instanceId}`;
  }
}
