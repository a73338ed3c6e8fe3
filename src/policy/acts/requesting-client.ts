/** A client through which a person asks for something. */
export interface RequestingClient {
  id: string;
  /** As it calls itself; null when it does not. */
  name: string | null;
  /** That vouches for it; null where none does, so that anyone may use its name. */
  host: string | null;
}
