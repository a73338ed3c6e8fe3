import { createHash, randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { RecordCipher, type RecordPlace } from '../../credentials/index.js';
import { rows, type SqlExecutor, TenantDatabase } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { Recurrence } from '../../resilience/index.js';
import { uploadGone } from './upload-links.js';

/** What a file is to be. */
export interface UploadedFile {
  filename: string;
  mimeType: string;
  sizeBytes: number;
}

/** One upload of one instance. */
export interface UploadPlace {
  tenantId: string;
  instanceId: string;
  uploadId: string;
}

export interface UploadState {
  sizeBytes: number;
  receivedBytes: number;
  /** In hex, once all of it is there. */
  sha256: string | null;
}

/** How long a slot is open, and what came is kept. */
const uploadLifeSeconds = 3_600;
/** Of one tenant at a time, promised and received. */
const bytesPerTenant = 256 * 1024 * 1024;
const pruneEveryMs = 600_000;

const about = z.object({ filename: z.string(), mimeType: z.string() });

/** Files that are to be sent along, sealed with their tenant's data key, where every replica finds them. */
@Injectable()
export class StoredUploads implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(StoredUploads.name);
  private readonly pruning = new Recurrence(pruneEveryMs, () => this.prune());

  constructor(
    private readonly database: TenantDatabase,
    private readonly dataSource: DataSource,
    private readonly cipher: RecordCipher,
  ) {}

  onApplicationBootstrap(): void {
    this.pruning.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pruning.stop();
  }

  /**
   * Makes room for a file.
   * @throws EvergrantError `RATE_LIMITED` while the tenant's uploads leave none
   */
  async create(
    { tenantId, instanceId }: Omit<UploadPlace, 'uploadId'>,
    { filename, mimeType, sizeBytes }: UploadedFile,
  ): Promise<{ uploadId: string; expiresAt: Date }> {
    const uploadId = randomUUID();
    await this.cipher.prepare(tenantId);
    const sealed = await this.cipher.seal(
      place({ tenantId, uploadId }, 'about'),
      JSON.stringify({ filename, mimeType }),
    );
    const expiresAt = await this.database.transaction(tenantId, async (executor) => {
      await refuseOverQuota(executor, tenantId, sizeBytes);
      const [created] = await rows<{ expiresAt: Date }>(
        executor,
        `INSERT INTO attachment_uploads (id, tenant_id, instance_id, about, size_bytes, expires_at)
         VALUES ($1, $2, $3, $4, $5, evergrant_now() + make_interval(secs => $6)) RETURNING expires_at AS "expiresAt"`,
        [uploadId, tenantId, instanceId, sealed, sizeBytes, uploadLifeSeconds],
      );
      return created?.expiresAt ?? new Date();
    });
    return { uploadId, expiresAt };
  }

  /** @throws EvergrantError `NOT_FOUND` for an upload that is over, or another instance's */
  async state(at: UploadPlace): Promise<UploadState> {
    return (await this.row(at)).state;
  }

  /** @throws as {@link state} does */
  async describe(at: UploadPlace): Promise<UploadedFile & UploadState> {
    const { state, sealed } = await this.row(at);
    return { ...about.parse(JSON.parse(await this.cipher.open(place(at, 'about'), sealed))), ...state };
  }

  /** Throws away what came. */
  async restart(at: UploadPlace): Promise<void> {
    await this.database.transaction(at.tenantId, async (executor) => {
      const parameters = [at.tenantId, at.uploadId];
      await rows(
        executor,
        'UPDATE attachment_uploads SET received_bytes = 0, sha256 = NULL WHERE tenant_id = $1 AND id = $2',
        parameters,
      );
      await rows(
        executor,
        'DELETE FROM attachment_upload_pieces WHERE tenant_id = $1 AND upload_id = $2',
        parameters,
      );
    });
  }

  /** @returns false where another request has come first, and nothing was stored */
  async append(at: UploadPlace, firstByte: number, bytes: Buffer): Promise<boolean> {
    const { tenantId, uploadId } = at;
    const sealed = await this.cipher.seal(place(at, `bytes ${firstByte}`), bytes);
    return this.database.transaction(tenantId, async (executor) => {
      const [taken] = await rows<{ id: string }>(
        executor,
        `UPDATE attachment_uploads SET received_bytes = received_bytes + $4
         WHERE tenant_id = $1 AND id = $2 AND received_bytes = $3 AND received_bytes + $4 <= size_bytes
           AND expires_at > evergrant_now() RETURNING id`,
        [tenantId, uploadId, firstByte, bytes.length],
      );
      if (taken === undefined) return false;
      await rows(
        executor,
        `INSERT INTO attachment_upload_pieces (tenant_id, upload_id, first_byte, bytes) VALUES ($1, $2, $3, $4)`,
        [tenantId, uploadId, firstByte, sealed],
      );
      return true;
    });
  }

  /** Once all of it is there: computes what its bytes are known by, and keeps it. */
  async finish(at: UploadPlace): Promise<string> {
    const hash = createHash('sha256');
    for await (const bytes of this.pieces(at)) hash.update(bytes);
    const sha256 = hash.digest('hex');
    await this.database.rows(
      at.tenantId,
      `UPDATE attachment_uploads SET sha256 = $3
       WHERE tenant_id = $1 AND id = $2 AND received_bytes = size_bytes`,
      [at.tenantId, at.uploadId, sha256],
    );
    return sha256;
  }

  /** The bytes of a whole file. @throws EvergrantError `VALIDATION_FAILED` while it is not whole */
  async read(at: UploadPlace): Promise<Buffer> {
    const { sizeBytes, sha256 } = await this.state(at);
    const pieces: Buffer[] = [];
    if (sha256 !== null) for await (const bytes of this.pieces(at)) pieces.push(bytes);
    const content = Buffer.concat(pieces);
    if (sha256 === null || content.length !== sizeBytes)
      throw new EvergrantError('VALIDATION_FAILED', {
        ...{ field: 'attachments', reason: 'upload_incomplete' },
        message: 'This upload is not complete: PUT the rest of the file to its URL first',
      });
    return content;
  }

  private async *pieces(at: UploadPlace): AsyncGenerator<Buffer, void, undefined> {
    for (let firstByte = 0; ;) {
      const [piece] = await this.database.rows<{ bytes: string }>(
        at.tenantId,
        `SELECT bytes FROM attachment_upload_pieces WHERE tenant_id = $1 AND upload_id = $2 AND first_byte = $3`,
        [at.tenantId, at.uploadId, firstByte],
      );
      if (piece === undefined) return;
      const bytes = await this.cipher.openBytes(place(at, `bytes ${firstByte}`), piece.bytes);
      yield bytes;
      firstByte += bytes.length;
    }
  }

  private async row({ tenantId, instanceId, uploadId }: UploadPlace) {
    const [row] = await this.database.rows<UploadState & { about: string }>(
      tenantId,
      `SELECT about, size_bytes AS "sizeBytes", received_bytes AS "receivedBytes", sha256 FROM attachment_uploads
       WHERE tenant_id = $1 AND id = $2 AND instance_id = $3 AND expires_at > evergrant_now()`,
      [tenantId, uploadId, instanceId],
    );
    if (row === undefined) throw uploadGone('upload_gone', 'There is no such upload, or its hour is over');
    const { about: sealed, ...state } = row;
    return { sealed, state };
  }

  /** Those of every tenant: one that uploads no more would keep its last ones. */
  private async prune(): Promise<void> {
    try {
      await rows(this.dataSource, 'DELETE FROM attachment_uploads WHERE expires_at <= evergrant_now()');
    } catch (error) {
      this.logger.warn({ msg: 'Expired uploads could not be deleted', reason: (error as Error).name });
    }
  }
}

function place(
  { tenantId, uploadId }: Pick<UploadPlace, 'tenantId' | 'uploadId'>,
  field: string,
): RecordPlace {
  return { tenantId, kind: 'upload', recordId: uploadId, field };
}

async function refuseOverQuota(executor: SqlExecutor, tenantId: string, sizeBytes: number): Promise<void> {
  // One of a tenant after the other: two would each find room for themselves.
  await rows(executor, "SELECT pg_advisory_xact_lock(hashtextextended('attachment uploads ' || $1, 0))", [
    tenantId,
  ]);
  await rows(
    executor,
    'DELETE FROM attachment_uploads WHERE tenant_id = $1 AND expires_at <= evergrant_now()',
    [tenantId],
  );
  const [held] = await rows<{ bytes: number; nextSeconds: number }>(
    executor,
    `SELECT coalesce(sum(size_bytes), 0)::float8 AS bytes,
            coalesce(ceil(extract(epoch FROM min(expires_at) - evergrant_now())), 0)::float8 AS "nextSeconds"
     FROM attachment_uploads WHERE tenant_id = $1`,
    [tenantId],
  );
  if ((held?.bytes ?? 0) + sizeBytes <= bytesPerTenant) return;
  throw new EvergrantError('RATE_LIMITED', {
    ...{ reason: 'upload_bytes', retryAfterSeconds: Math.max(1, held?.nextSeconds ?? 1) },
    message:
      'The uploads of this tenant take up all the room there is for them; each is deleted after an hour',
  });
}
