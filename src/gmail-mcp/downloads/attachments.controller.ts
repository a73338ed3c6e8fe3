import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessFor, Answers, Fails, Summary } from '../../openapi/index.js';
import { chargeTo } from '../../resilience/index.js';
import { AttachmentDownloads } from './attachment-downloads.js';
import { sendFile } from './send-file.js';

/** Attachments under links that `get_attachment` gives. The link is all that a client needs, and opens nothing else. */
@Controller('api/attachments')
@AccessFor('open')
export class AttachmentsController {
  constructor(private readonly downloads: AttachmentDownloads) {}

  @Get(':link')
  @Summary(
    'Download an attachment',
    'Under a link that the tool `get_attachment` gives, for ten minutes and without a key. The file comes as it is ' +
      'in the message, always to be saved; an answer that breaks off is not all of it.',
  )
  @Answers({
    200: { mediaType: 'application/octet-stream', description: 'The file, under its own media type' },
  })
  @Fails(
    'NOT_FOUND',
    'FORBIDDEN',
    'RATE_LIMITED',
    'INVALID_REFRESH_TOKEN',
    'INSUFFICIENT_SCOPE',
    'ADMIN_BLOCKED',
    'NETWORK_ERROR',
    'SERVICE_UNAVAILABLE',
  )
  async download(
    @Param('link') link: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const client = new AbortController();
    reply.raw.once('close', () => client.abort());
    const onAdmitted = (tenantId: string): void => chargeTo(request, tenantId);
    try {
      await this.downloads.download(link, { signal: client.signal, onAdmitted }, (file, bytes) =>
        sendFile(reply, file, bytes),
      );
    } catch (failure) {
      // To a client that has hung up there is nothing to say, and nothing went wrong.
      if (!client.signal.aborted) throw failure;
    }
  }
}
