/** What the composition tells SignInModule. */
export class SignInOptions {
  constructor(
    /** The issuer, and where its endpoints are (`PUBLIC_URL`). */
    readonly publicUrl: string,
  ) {}
}
