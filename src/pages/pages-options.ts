/** What the composition tells PagesModule. */
export class PagesOptions {
  constructor(
    /** Where our pages are (`PUBLIC_URL`). */
    readonly publicUrl: string,
  ) {}
}
