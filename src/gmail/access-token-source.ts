/** Where the Gmail client gets its access token from. It never sees a credential. */
export interface AccessTokenSource {
  /**
   * A token for a request of which one of `scopes` is enough. Naming a `rejectedToken` (one that Gmail answered 401
   * to) yields another one.
   * @throws EvergrantError when there is none to be had, or none for these scopes.
   */
  accessToken(options: { scopes: readonly string[]; rejectedToken?: string }): Promise<string>;
}
