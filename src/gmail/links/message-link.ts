/** A link of a message. */
export interface MessageLink {
  /** From 1 on, in the order in which they stand in the message; the same target has the same. */
  id: number;
  /** The whole target, never opened by us. */
  url: string;
  /** What is clicked; null where that is the URL itself, or a picture without a text. */
  text: string | null;
  /** Null where it leads to none, as `tel:` does. */
  host: string | null;
}
