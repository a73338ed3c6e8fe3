/**
 * Under which key an act is done once: the one that the caller gives, else its content. Both are kept apart, so that no
 * given key meets a derived one.
 */
export function actKey(given: string | undefined, contentDigest: string): string {
  return given === undefined ? `content:${contentDigest}` : `given:${given}`;
}
