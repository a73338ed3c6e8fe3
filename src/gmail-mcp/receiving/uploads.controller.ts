import { Controller, Param, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor, Answers, Fails, Summary } from '../../openapi/index.js';
import { chargeTo } from '../../resilience/index.js';
import { ReceivedUploads } from './received-uploads.js';

const uploadedFileView = z
  .object({
    uploadId: z.string(),
    sizeBytes: z.int(),
    sha256: z.string().describe('Of its bytes, in hex'),
  })
  .meta({ id: 'UploadedFile' });

/** Files under links that `create_attachment_upload` gives. The link is all that a client needs. */
@Controller('api/uploads')
@AccessFor('open')
export class UploadsController {
  constructor(private readonly uploads: ReceivedUploads) {}

  @Put(':link')
  @Summary(
    'Upload a file to send along',
    'Under a link that the tool `create_attachment_upload` gives, for an hour and without a key: the bytes of the file, ' +
      'all at once or in parts with `Content-Range: bytes first-last/size`. `308` says with `Range` how much is there ' +
      '(none without it), and to go on; an empty request with `Content-Range: bytes */size` asks for that.',
  )
  @Answers({ 200: uploadedFileView, 308: 'Not all of it is there yet.' })
  @Fails(
    'NOT_FOUND',
    'FORBIDDEN',
    'VALIDATION_FAILED',
    'PAYLOAD_TOO_LARGE',
    'RATE_LIMITED',
    'SERVICE_UNAVAILABLE',
  )
  async upload(
    @Param('link') link: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof uploadedFileView> | undefined> {
    const onAdmitted = (tenantId: string): void => chargeTo(request, tenantId);
    const result = await this.uploads.receive(link, {
      contentRange: request.headers['content-range'],
      contentLength: request.headers['content-length'],
      body: request.raw,
      onAdmitted,
    });
    if (result.status === 'complete') {
      const { uploadId, sizeBytes, sha256 } = result;
      return { uploadId, sizeBytes, sha256 };
    }
    void reply.code(308);
    if (result.receivedBytes > 0) void reply.header('range', `bytes=0-${result.receivedBytes - 1}`);
    return undefined;
  }
}
