import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const clientSchema = z.object({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  redirectUris: z.array(z.string()),
});
export type Client = z.infer<typeof clientSchema>;

const accountSchema = z.object({
  email: z.string(),
  name: z.string(),
  sub: z.string(),
  /** Google has seen that the address is the account's. */
  emailVerified: z.boolean().default(true),
  /** Of its organisation; null for an account of no organisation. */
  hostedDomain: z.string().nullable().default(null),
  /** Access tokens of an earlier epoch count as expired. */
  accessTokenEpoch: z.number().int(),
});
export type Account = z.infer<typeof accountSchema>;

const grantSchema = z.object({
  id: z.string(),
  account: z.string(),
  clientId: z.string(),
  scopes: z.array(z.string()),
  /** SHA-256 fingerprints in order of issue; only the last one is live, the others are spent. */
  refreshTokens: z.array(z.string()),
  endedBecause: z
    .enum([
      'revoked-by-person',
      'revoked-by-client',
      'code-reused',
      'refresh-token-reused',
      'refresh-token-limit',
      'lifetime-over',
    ])
    .nullable(),
  /** When it ends by itself; never without. */
  endsAtMs: z.number().optional(),
});
export type Grant = z.infer<typeof grantSchema>;
export type GrantEnd = NonNullable<Grant['endedBecause']>;

export const settingsSchema = z.object({
  accessTokenLifetimeSeconds: z.number().int().positive(),
  /** What a refresh does to the refresh token it was given. */
  rotation: z.enum(['none', 'rotate', 'rotate-and-revoke-family']),
  /** `google`: with `access_type=offline`, on the first consent or with `prompt=consent`. */
  issueRefreshToken: z.enum(['google', 'always', 'never']),
  /** Of an application in testing: seven days at Google. Null or absent: grants do not end by themselves. */
  refreshTokenLifetimeSeconds: z.number().int().positive().nullable().optional(),
  /** Quota units that Gmail serves one account in any minute; null or absent: they are counted, and none refused. */
  gmailUnitsPerMinute: z.number().int().positive().nullable().optional(),
  /** Whether Gmail takes its clients for service accounts with domain-wide authority, which alone may share a mailbox. */
  delegatedAuthority: z.boolean().optional(),
});
export type SandboxSettings = z.infer<typeof settingsSchema>;

const stateSchema = z.object({
  clockOffsetMs: z.number(),
  accessTokenKey: z.string(),
  idTokenKey: z.record(z.string(), z.unknown()).nullable(),
  settings: settingsSchema,
  accounts: z.array(accountSchema),
  clients: z.array(clientSchema),
  grants: z.array(grantSchema),
});
type StateData = z.infer<typeof stateSchema>;

function emptyState(): StateData {
  return {
    clockOffsetMs: 0,
    accessTokenKey: randomBytes(32).toString('base64url'),
    idTokenKey: null,
    settings: { accessTokenLifetimeSeconds: 3599, rotation: 'none', issueRefreshToken: 'google' },
    accounts: [],
    clients: [],
    grants: [],
  };
}

/** All that the sandbox remembers across restarts: one JSON file, or memory only without a directory. */
export class SandboxState {
  readonly data: StateData;
  private readonly file: string | null;

  /** Opens the state of a directory, which is created (0700) when absent. Throws on a damaged file. */
  constructor(stateDir: string | null) {
    this.file = stateDir === null ? null : join(stateDir, 'sandbox-state.json');
    if (stateDir !== null) {
      mkdirSync(stateDir, { recursive: true, mode: 0o700 });
      // mkdir leaves the mode of a directory that was there before.
      chmodSync(stateDir, 0o700);
    }
    this.data =
      this.file !== null && existsSync(this.file)
        ? stateSchema.parse(JSON.parse(readFileSync(this.file, 'utf8')))
        : emptyState();
    this.save();
  }

  /** Replaces the file in one step (0600), so that a kill leaves the old state or the new one. */
  save(): void {
    if (this.file === null) return;
    const next = `${this.file}.next`;
    writeFileSync(next, JSON.stringify(this.data), { mode: 0o600 });
    renameSync(next, this.file);
  }
}
