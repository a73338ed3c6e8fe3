/** Where the Gmail client gets its access token from. It never sees a credential. */
export interface AccessTokenSource {
  /**
   * A token to call Gmail with. Naming a `rejectedToken` (one that Gmail answered 401 to) yields another one.
   * @throws EvergrantError when there is none to be had.
   */
  accessToken(options?: { rejectedToken?: string }): Promise<string>;
}
