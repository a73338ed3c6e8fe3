/** So much of a picture goes into an answer, in bytes. */
export const longestPictureBytes = 1_000_000;

/** How files of the kinds begin that models see. https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern */
const beginnings: readonly (readonly [mimeType: string, begins: (bytes: string) => boolean])[] = [
  ['image/png', (bytes) => bytes.startsWith('\x89PNG\r\n\x1a\n')],
  ['image/jpeg', (bytes) => bytes.startsWith('\xff\xd8\xff')],
  ['image/gif', (bytes) => bytes.startsWith('GIF87a') || bytes.startsWith('GIF89a')],
  ['image/webp', (bytes) => bytes.startsWith('RIFF') && bytes.startsWith('WEBPVP', 8)],
];

/** The media type of a picture by its bytes, whatever the mail says; null for what models do not see. */
export function pictureType(bytes: Buffer): string | null {
  const beginning = bytes.toString('latin1', 0, 16);
  return beginnings.find(([, begins]) => begins(beginning))?.[0] ?? null;
}
