import type { UploadedFile } from './stored-uploads.js';

/** A place for one file, and the link under which it is put there. */
export interface OpenSlot {
  uploadId: string;
  url: string;
  expiresAt: Date;
}

/** The uploads of one instance. */
export interface InstanceUploads {
  /** @throws EvergrantError `RATE_LIMITED` while the tenant's uploads leave no room */
  create(file: UploadedFile): Promise<OpenSlot>;
  /** @throws EvergrantError `NOT_FOUND` for an upload that is over, or another instance's */
  describe(uploadId: string): Promise<UploadedFile>;
  /** @throws as {@link describe} does; `VALIDATION_FAILED` while it is not whole */
  read(uploadId: string): Promise<Buffer>;
}
