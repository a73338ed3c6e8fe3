import iconv from 'iconv-lite';
import { z } from 'zod';

const charset = z
  .string()
  .regex(/^[\w.:+-]{1,40}$/)
  .default('utf-8');
const fileName = z.string().min(1);

/** A text in any charset that can be written here; with a file name it is a file. */
const textPartSchema = z
  .strictObject({
    contentType: z.enum(['text/plain', 'text/html']),
    charset,
    fileName: fileName.optional(),
    text: z.string(),
  })
  .refine((part) => iconv.encodingExists(part.charset), {
    path: ['charset'],
    error: 'give a charset that can be written, or the bytes as textBase64',
  });

/** A text by its bytes, whatever charset they are in and whatever its header says of them. */
const encodedTextPartSchema = z.strictObject({
  contentType: z.enum(['text/plain', 'text/html']),
  charset,
  fileName: fileName.optional(),
  textBase64: z.base64(),
});

/** An invitation, a reply to one, or a cancellation (RFC 5546, section 1.4). */
const calendarPartSchema = z.strictObject({
  contentType: z.literal('text/calendar'),
  method: z.enum(['PUBLISH', 'REQUEST', 'REPLY', 'ADD', 'CANCEL', 'REFRESH', 'COUNTER', 'DECLINECOUNTER']),
  fileName: fileName.optional(),
  text: z.string(),
});

/** A file, or an inline picture when it has a Content-ID. */
const filePartSchema = z.strictObject({
  contentType: z.string().regex(/^(application|audio|font|image|message|text|video)\/[\w.+-]+$/),
  fileName,
  contentBase64: z.base64(),
  contentId: z.string().optional(),
});

const multipartSchema = z.strictObject({
  contentType: z.enum(['multipart/mixed', 'multipart/alternative', 'multipart/related']),
  get parts() {
    return z.array(mailPartSchema).min(1);
  },
});

/** A mail inside a mail: forwarded as attachment, or in a report. */
const attachedMailPartSchema = z.strictObject({
  contentType: z.literal('message/rfc822'),
  fileName: fileName.optional(),
  get mail() {
    return attachedMailSchema;
  },
});

const attachedMailSchema = z.strictObject({
  from: z.string(),
  to: z.string().optional(),
  cc: z.string().optional(),
  subject: z.string(),
  /** ISO time with an offset. */
  date: z.iso.datetime({ offset: true }),
  /** With angle brackets. */
  messageId: z.string().optional(),
  get body() {
    return mailPartSchema;
  },
});
export type AttachedMail = z.output<typeof attachedMailSchema>;

const mailPartSchema = z.union([
  textPartSchema,
  encodedTextPartSchema,
  calendarPartSchema,
  attachedMailPartSchema,
  filePartSchema,
  multipartSchema,
]);
export type MailPart = z.output<typeof mailPartSchema>;

/** A mail as a tree of parts, from which both its MIME form and Gmail's payload are made. */
export const mailSchema = z.strictObject({
  from: z.string(),
  /** The mailbox's own address when absent. */
  to: z.string().optional(),
  cc: z.string().optional(),
  /** Only the sender's own copy has it. */
  bcc: z.string().optional(),
  subject: z.string(),
  /** ISO time with an offset; the sandbox's present when absent. */
  date: z.iso.datetime({ offset: true }).optional(),
  /** With angle brackets; made up when absent. */
  messageId: z.string().optional(),
  /** Message-ID of a mail in the same mailbox, whose thread this one joins. */
  inReplyTo: z.string().optional(),
  /** Further ones, in this order, such as those of a mailing list or of who received it. */
  headers: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
  labelIds: z.array(z.string()).default(['INBOX', 'UNREAD']),
  body: mailPartSchema,
});
export type Mail = z.output<typeof mailSchema>;
export type MailInput = z.input<typeof mailSchema>;
