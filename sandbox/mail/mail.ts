import { z } from 'zod';

/** A text body in its own charset and transfer encoding. */
const textPartSchema = z.strictObject({
  contentType: z.enum(['text/plain', 'text/html']),
  charset: z.enum(['utf-8', 'iso-8859-1']).default('utf-8'),
  text: z.string(),
});

/** A file, or an inline picture when it has a Content-ID. */
const filePartSchema = z.strictObject({
  contentType: z.string().regex(/^(application|audio|image|video)\/[\w.+-]+$/),
  fileName: z.string().min(1),
  contentBase64: z.base64(),
  contentId: z.string().optional(),
});

const multipartSchema = z.strictObject({
  contentType: z.enum(['multipart/mixed', 'multipart/alternative', 'multipart/related']),
  get parts() {
    return z.array(mailPartSchema).min(1);
  },
});

const mailPartSchema = z.union([textPartSchema, filePartSchema, multipartSchema]);
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
  labelIds: z.array(z.string()).default(['INBOX', 'UNREAD']),
  body: mailPartSchema,
});
export type Mail = z.output<typeof mailSchema>;
export type MailInput = z.input<typeof mailSchema>;
