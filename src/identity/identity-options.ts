/** What the composition tells IdentityModule. */
export class IdentityOptions {
  constructor(
    /** The operator's key (`ADMIN_API_KEY`). */
    readonly adminApiKey: string,
  ) {}
}
