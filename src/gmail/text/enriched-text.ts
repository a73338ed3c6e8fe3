/** Of these the content is for programs. */
const parameter = /<param>[^<]*<\/param>/gi;
const command = /<\/?[a-z0-9-]{1,60}>/gi;

/** The text of text/enriched (RFC 1896), and of text/richtext, its forerunner (RFC 1341, section 7.1.3). */
export function enrichedText(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/<nl>/gi, '\n\n')
    .replaceAll(/\n+/g, (lines) => (lines.length === 1 ? ' ' : '\n'.repeat(lines.length - 1)))
    .replaceAll(parameter, '')
    .replaceAll('<<', '\ue002')
    .replaceAll(command, (each) => (each.toLowerCase() === '<lt>' ? '\ue002' : ''))
    .replaceAll('\ue002', '<');
}
