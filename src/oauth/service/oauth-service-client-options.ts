/** Where the OAuth service is, and how it is asked. */
export class OAuthServiceClientOptions {
  constructor(
    /** Without a trailing slash: https, or http where the composition allows it. */
    readonly url: string,
    /** The secret shared with it. */
    readonly token: string,
    /** For one call, its repetitions included. */
    readonly timeoutMs: number,
  ) {}
}
