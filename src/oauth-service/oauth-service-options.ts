/** What the composition tells OAuthServiceModule. */
export class OAuthServiceOptions {
  constructor(
    /** The secret its callers share (`OAUTH_SERVICE_TOKEN`). */
    readonly token: string,
  ) {}
}
