/** What the composition tells SignInModule. */
export class SignInOptions {
  constructor(
    /** The issuer, and where its endpoints are (`PUBLIC_URL`). */
    readonly publicUrl: string,
    /** The authorization server in place of ours (`AUTH_ISSUER`); null for ours. */
    readonly externalIssuer: string | null = null,
  ) {}
}
