import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import type { Mail, MailPart } from './mail.js';
import type { Header } from './stored-message.js';

/** A mail that a program handed over as RFC 822 text. */
export interface WrittenMail {
  mail: Omit<Mail, 'labelIds'> & { to: string };
  /** Addresses of To, Cc and Bcc. */
  recipients: string[];
  /** Message-IDs of References, oldest first. */
  references: string[];
  /** All headers that the mail itself does not speak of. */
  ownHeaders: Header[];
  /** As it was handed over. */
  raw: Buffer;
}

const spokenOf = /^(from|to|cc|bcc|subject|date|message-id|in-reply-to|references|mime-version|content-.*)$/;

/** Reads RFC 822 text as Gmail does: a header twice is read twice, a missing one is none. */
export async function readWrittenMail(raw: Buffer): Promise<WrittenMail> {
  const email = await PostalMime.parse(raw, { forceRfc822Attachments: true });
  const { from, to, cc, bcc, subject, messageId, inReplyTo } = email;
  return {
    raw,
    mail: {
      from: addresses(from === undefined ? [] : [from]),
      to: addresses(to),
      ...(cc !== undefined && { cc: addresses(cc) }),
      ...(bcc !== undefined && { bcc: addresses(bcc) }),
      subject: subject ?? '',
      ...(messageId !== undefined && { messageId }),
      ...(inReplyTo !== undefined && { inReplyTo }),
      body: bodyOf(email),
    },
    recipients: [...(to ?? []), ...(cc ?? []), ...(bcc ?? [])]
      .flatMap((each) => each.group ?? [each])
      .map(({ address }) => address),
    references: email.references?.match(/<[^<>\s]+>/g) ?? [],
    ownHeaders: email.headers
      .filter(({ key }) => !spokenOf.test(key))
      .map(({ originalKey, value }) => ({ name: originalKey, value })),
  };
}

function addresses(list: readonly Address[] = []): string {
  return list
    .flatMap((each) => each.group ?? [each])
    .map(({ name, address }) =>
      name === '' ? address : `"${name.replaceAll(/["\\]/g, '\\$&')}" <${address}>`,
    )
    .join(', ');
}

function bodyOf({ text, html, attachments }: Email): MailPart {
  const texts: MailPart[] = [
    ...(text === undefined && html !== undefined
      ? []
      : [{ contentType: 'text/plain' as const, charset: 'utf-8' as const, text: text ?? '' }]),
    ...(html === undefined
      ? []
      : [{ contentType: 'text/html' as const, charset: 'utf-8' as const, text: html }]),
  ];
  const [first, second] = texts;
  const body: MailPart =
    first !== undefined && second === undefined
      ? first
      : { contentType: 'multipart/alternative', parts: texts };
  if (attachments.length === 0) return body;
  return { contentType: 'multipart/mixed', parts: [body, ...attachments.map(filePart)] };
}

function filePart({ filename, mimeType, content, contentId }: Attachment): MailPart {
  return {
    contentType: /^(application|audio|font|image|message|text|video)\/[\w.+-]+$/.test(mimeType)
      ? mimeType
      : 'application/octet-stream',
    fileName: filename ?? 'attachment',
    contentBase64: Buffer.from(content as ArrayBuffer).toString('base64'),
    ...(contentId !== undefined && { contentId: contentId.replaceAll(/[<>]/g, '') }),
  };
}
