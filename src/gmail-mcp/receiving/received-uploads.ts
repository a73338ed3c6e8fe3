import { Injectable } from '@nestjs/common';
import { EvergrantError } from '../../errors/index.js';
import { FairQueue, QueueRefused } from '../../resilience/index.js';
import { LinkHolders } from '../downloads/link-holders.js';
import { StoredUploads, type UploadState } from '../uploads/stored-uploads.js';
import { UploadLinks, type UploadSlot } from '../uploads/upload-links.js';
import { uploadStep } from './upload-range.js';

/** A request for an upload. */
interface UploadRequest {
  contentRange: string | undefined;
  contentLength: string | undefined;
  body: AsyncIterable<Buffer>;
  /** Hears whose upload it is, before any of it is read. */
  onAdmitted: (tenantId: string) => void;
}

/** How far an upload is after a request. */
type UploadResult =
  | { status: 'complete'; uploadId: string; sizeBytes: number; sha256: string }
  | { status: 'incomplete'; receivedBytes: number };

/** As much as is sealed and stored at a time. */
const pieceBytes = 512 * 1024;
const retryAfterSeconds = 5;

/** Takes what is put under the links of uploads, as fast as it can be stored. */
@Injectable()
export class ReceivedUploads {
  private readonly queue = new FairQueue({
    ...{ total: 30, perOwner: 10, perLane: 3, waitingPerLane: 10 },
    longestWaitMs: 10_000,
  });

  constructor(
    private readonly links: UploadLinks,
    private readonly holders: LinkHolders,
    private readonly stored: StoredUploads,
  ) {}

  /**
   * Counts as a request of the MCP token that was given the link.
   * @throws EvergrantError `NOT_FOUND` for a link or upload that is over; `VALIDATION_FAILED` for headers that fit neither
   *   each other nor the file; `RATE_LIMITED`
   */
  async receive(link: string, request: UploadRequest): Promise<UploadResult> {
    const slot = await this.links.open(link);
    await this.holders.admit(slot);
    request.onAdmitted(slot.tenantId);
    const turn = { owner: slot.tenantId, lane: slot.instanceId };
    try {
      return await this.queue.run(turn, () => this.take(slot, request));
    } catch (failure) {
      if (!(failure instanceof QueueRefused)) throw failure;
      throw new EvergrantError('RATE_LIMITED', {
        ...{ reason: 'uploads_at_once', retryAfterSeconds, cause: failure },
        message: 'Too many uploads for this mailbox at once',
      });
    }
  }

  private async take(slot: UploadSlot, request: UploadRequest): Promise<UploadResult> {
    const state = await this.stored.state(slot);
    const step = uploadStep(request, state);
    switch (step.do) {
      case 'refuse':
        throw new EvergrantError('VALIDATION_FAILED', {
          field: step.field,
          message: `${step.field}: ${step.why}`,
        });
      case 'tell':
        return this.told(slot, state);
      case 'take':
        if (step.firstByte === 0 && state.receivedBytes > 0) await this.stored.restart(slot);
        await this.store(slot, step, request.body);
        return this.told(slot, await this.stored.state(slot));
    }
  }

  /** Stops without a word where another request was faster, or more comes than was announced. */
  private async store(
    slot: UploadSlot,
    { firstByte, bytes }: { firstByte: number; bytes: number },
    body: AsyncIterable<Buffer>,
  ): Promise<void> {
    let at = firstByte;
    for await (const piece of pieces(body, bytes)) {
      if (!(await this.stored.append(slot, at, piece))) return;
      at += piece.length;
    }
  }

  private async told(
    slot: UploadSlot,
    { sizeBytes, receivedBytes, sha256 }: UploadState,
  ): Promise<UploadResult> {
    if (receivedBytes < sizeBytes) return { status: 'incomplete', receivedBytes };
    const { uploadId } = slot;
    return { status: 'complete', uploadId, sizeBytes, sha256: sha256 ?? (await this.stored.finish(slot)) };
  }
}

/** A body in pieces of one size, and no more of it than so many bytes. What came before it broke off is kept. */
async function* pieces(body: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer, void, undefined> {
  let left = bytes;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  try {
    for await (const chunk of body) {
      const taken = chunk.subarray(0, left);
      left -= taken.length;
      waiting.push(taken);
      waitingBytes += taken.length;
      if (waitingBytes < pieceBytes && left > 0) continue;
      yield Buffer.concat(waiting);
      [waiting, waitingBytes] = [[], 0];
      if (left === 0) return;
    }
  } catch {
    // The client is gone: it asks how far it came when it is back.
  }
  if (waitingBytes > 0) yield Buffer.concat(waiting);
}
