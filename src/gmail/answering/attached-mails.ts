import PostalMime from 'postal-mime';

/**
 * The mails that are attached to a message, in its order, as they were attached: what the Gmail API has taken apart, and
 * gives nowhere in one piece but in the whole message.
 * @param raw the message (RFC 5322)
 */
export async function attachedMails(raw: Buffer): Promise<Buffer[]> {
  const { attachments } = await PostalMime.parse(raw, { forceRfc822Attachments: true });
  return attachments
    .filter(({ mimeType }) => mimeType.toLowerCase() === 'message/rfc822')
    .map(({ content }) => Buffer.from(content as ArrayBuffer));
}
