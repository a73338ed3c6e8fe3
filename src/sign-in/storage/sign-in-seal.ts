/** Seals what the authorization server keeps; the composition binds it to the vault, which is not known here. */
export abstract class SignInSeal {
  /** @param place where the text lies; it opens nowhere else */
  abstract seal(place: readonly string[], text: string): Promise<string>;

  /** @throws Error when it was not sealed for this place */
  abstract open(place: readonly string[], sealed: string): Promise<string>;

  /** A secret that follows from a text, the same in every process, and that nothing but the vault can compute. */
  abstract derive(purpose: string, text: string): Promise<string>;
}
