import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { newSecret, secretHash } from '../holders/secret-hash.js';

const codeLifeSeconds = 30 * 60;

/** Codes of links that open the console as the operator: once, and for half an hour. */
@Injectable()
export class SignInCodes {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns a new code; only a hash of it is stored */
  async make(): Promise<string> {
    const code = newSecret();
    await rows(
      this.dataSource,
      `WITH pruned AS (DELETE FROM sign_in_codes WHERE expires_at <= evergrant_now())
       INSERT INTO sign_in_codes (code_hash, expires_at)
       VALUES ($1, evergrant_now() + make_interval(secs => $2))`,
      [secretHash(code), codeLifeSeconds],
    );
    return code;
  }

  /** Uses a code up. @returns false for one that is unknown, used or too old */
  async redeem(code: string): Promise<boolean> {
    const [redeemed] = await rows<{ isFresh: boolean }>(
      this.dataSource,
      `DELETE FROM sign_in_codes WHERE code_hash = $1 RETURNING expires_at > evergrant_now() AS "isFresh"`,
      [secretHash(code)],
    );
    return redeemed?.isFresh ?? false;
  }
}
