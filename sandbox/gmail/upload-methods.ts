import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Backend } from '../backend.js';
import { queryOf } from '../endpoint.js';
import type { Account } from '../state/sandbox-state.js';
import { authorize, type methodScopes } from './gmail-access.js';
import { GmailError, invalidArgument, notFound } from './gmail-error.js';
import type { HandedOverMail } from './handed-over-mail.js';
import { readRelatedParts } from './multipart-related.js';
import { draftBody, largestBodyBytes, messageBody, readBody } from './request-body.js';
import { createDraft, sendMail } from './sending.js';
import { readContentRange, takePiece, UploadSessions } from './upload-sessions.js';

/** A method that takes its mail through the upload URI. */
interface UploadMethod {
  scope: keyof typeof methodScopes;
  /** The thread that the metadata names. */
  threadIdIn: (metadata: unknown) => string | undefined;
  carryOut: (backend: Backend, account: Account, mail: HandedOverMail) => Promise<object>;
}

const methods: Readonly<Record<string, UploadMethod>> = {
  'messages/send': {
    scope: 'send',
    threadIdIn: (metadata) => readBody(messageBody, metadata).threadId,
    carryOut: sendMail,
  },
  drafts: {
    scope: 'drafts',
    threadIdIn: (metadata) => readBody(draftBody, metadata).message.threadId,
    carryOut: createDraft,
  },
};

interface UploadTarget {
  method: UploadMethod;
  account: Account;
  threadId: string | undefined;
}

/** Room for the metadata and the boundaries of a multipart upload. */
const bodyLimitBytes = largestBodyBytes + 64 * 1024;

/** The upload URI. https://developers.google.com/workspace/gmail/api/guides/uploads */
export function uploadMethods(parent: FastifyInstance, backend: Backend): void {
  const sessions = new UploadSessions<UploadTarget>();
  parent.register(async (scope) => {
    for (const type of ['application/json', '*']) {
      scope.removeContentTypeParser(type);
      scope.addContentTypeParser(
        type,
        { parseAs: 'buffer', bodyLimit: bodyLimitBytes },
        async (_request: unknown, body: string | Buffer) => body,
      );
    }
    for (const [name, method] of Object.entries(methods)) {
      scope.post(`/upload/gmail/v1/users/me/${name}`, async (request, reply) => {
        const { account } = await authorize(request, backend.accessTokens, method.scope);
        const carriedOut = ({ raw, threadId }: HandedOverMail) =>
          method.carryOut(backend, account, checked({ raw, threadId }));
        switch (queryOf(request).get('uploadType')) {
          case 'media':
            return carriedOut({ raw: mailIn(request.headers['content-type'] ?? '', bodyOf(request)) });
          case 'multipart':
            return carriedOut(relatedMail(request, method));
          case 'resumable':
            return begin(request, reply, { method, account, threadId: announcedThread(request, method) });
          case null:
          default:
            throw invalidArgument('Upload type must be one of media, multipart and resumable');
        }
      });
      // The URI of a session is its credential.
      scope.put(`/upload/gmail/v1/users/me/${name}`, (request, reply) => goOn(request, reply));
    }
  });

  function begin(request: FastifyRequest, reply: FastifyReply, target: UploadTarget): FastifyReply {
    if (request.headers['x-upload-content-type'] !== 'message/rfc822')
      throw invalidArgument('Media type is not supported. Valid media types: [message/rfc822]');
    const length = request.headers['x-upload-content-length'];
    const totalBytes = length === undefined ? null : Number(length);
    if (totalBytes !== null && totalBytes > largestBodyBytes) throw tooLarge();
    const uploadId = sessions.open(target, totalBytes, backend.clock.nowMs());
    const url = new URL(request.url, `${request.protocol}://${request.host}`);
    url.searchParams.set('upload_id', uploadId);
    return reply.code(200).header('location', url.href).header('x-guploader-uploadid', uploadId).send();
  }

  async function goOn(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const uploadId = queryOf(request).get('upload_id') ?? '';
    const session = sessions.find(uploadId, backend.clock.nowMs());
    if (session === undefined) throw notFound();
    const header = request.headers['content-range'];
    const range = header === undefined ? undefined : readContentRange(header);
    if (range === null) throw invalidArgument('Failed to parse Content-Range header.');
    const step = takePiece(session, bodyOf(request), range);
    if (step.kind === 'refused') throw invalidArgument(step.message);
    if (step.kind === 'complete') {
      sessions.close(uploadId);
      const { method, account, threadId } = session.target;
      return method.carryOut(backend, account, checked({ raw: step.content, threadId }));
    }
    if (step.receivedBytes > 0) reply.header('range', `bytes=0-${step.receivedBytes - 1}`);
    return reply.code(308).send();
  }
}

function relatedMail(request: FastifyRequest, method: UploadMethod): HandedOverMail {
  const [metadata, media] = readRelatedParts(request.headers['content-type'] ?? '', bodyOf(request));
  return {
    raw: mailIn(media.contentType, media.content),
    threadId: method.threadIdIn(jsonOf(metadata.content)),
  };
}

function announcedThread(request: FastifyRequest, method: UploadMethod): string | undefined {
  return method.threadIdIn(jsonOf(bodyOf(request)));
}

/** "Accepted Media MIME types: message/rfc822", and those that hold mail as text. */
function mailIn(contentType: string, content: Buffer): Buffer {
  if (!/^message\/[\w.+-]+\s*(;|$)/i.test(contentType))
    throw invalidArgument('Media type is not supported. Valid media types: [message/*]');
  return content;
}

function checked(mail: HandedOverMail): HandedOverMail {
  if (mail.raw.length > largestBodyBytes) throw tooLarge();
  if (mail.raw.length === 0) throw invalidArgument('Missing media');
  return mail;
}

function tooLarge(): GmailError {
  return new GmailError(413, 'INVALID_ARGUMENT', 'uploadTooLarge', 'Request Entity Too Large');
}

function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

function jsonOf(bytes: Buffer): unknown {
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw invalidArgument('Invalid JSON payload received.');
  }
}
