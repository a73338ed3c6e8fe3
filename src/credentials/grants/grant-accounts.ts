import { Injectable } from '@nestjs/common';
import { rows, type SqlExecutor } from '../../database/index.js';

/** Whose grants are that came without saying so. */
@Injectable()
export class GrantAccounts {
  /** Keeps the address that the mailbox itself told; what the provider said of the account stands. */
  async learnAddress(
    executor: SqlExecutor,
    { credentialId, email }: { credentialId: string; email: string },
  ): Promise<void> {
    await rows(
      executor,
      `UPDATE mcp_credentials SET email = $2, updated_at = evergrant_now()
       WHERE id = $1 AND email IS NULL AND subject IS NULL`,
      [credentialId, email],
    );
  }
}
