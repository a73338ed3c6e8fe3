import { z } from 'zod';

/** More files than any mail of a person's has; each may cost a request. */
const mostFiles = 50;

/** A file that goes along: a part of a message, or what was uploaded. */
export type AttachmentReference = ({ messageId: string; partId: string } | { uploadId: string }) & {
  /** Of a picture that the HTML shows (`cid:`). */
  contentId?: string | undefined;
};

/** Behind the mark stands under which Content-ID the HTML shows it. */
const written =
  /^(?:upload\/(?<uploadId>[0-9a-f-]{36})|(?<messageId>[A-Za-z0-9_-]{1,64})\/(?<partId>[0-9.]{0,200}))(?:#(?<contentId>[A-Za-z0-9_.@+-]{1,100}))?$/;

function read(text: string): AttachmentReference | null {
  const { uploadId, messageId, partId, contentId } = written.exec(text)?.groups ?? {};
  if (uploadId !== undefined) return { uploadId, contentId };
  return messageId === undefined || partId === undefined ? null : { messageId, partId, contentId };
}

/** Files that go along; as one short text each, since every agent pays for the schemas of all tools. */
export const attachmentReferences = z
  .array(
    z.string().transform((text, context): AttachmentReference => {
      const reference = read(text);
      if (reference !== null) return reference;
      const message = 'expected "messageId/partId", or "upload/…" as create_attachment_upload gives it';
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }),
  )
  .refine((files) => files.length <= mostFiles, `at most ${mostFiles} files`)
  .default([]);
