import pg from 'pg';
import { ConfigurationError } from './configuration-error.js';
import { estimatedBits } from './secret-strength.js';
import { isLoopback, type MasterKey } from './variables.js';

/** Those of the environment that can be unsafe. */
interface Settings {
  PUBLIC_URL?: string | undefined;
  DATABASE_URL?: string | undefined;
  DATABASE_DIRECT_URL?: string | undefined;
  DATABASE_ALLOW_PLAINTEXT: boolean;
  ADMIN_API_KEY?: string | undefined;
  OAUTH_SERVICE_TOKEN?: string | undefined;
  GOOGLE_CLIENT_SECRET?: string | undefined;
  GOOGLE_CLIENT_ID?: string | undefined;
  GOOGLE_FORMER_CLIENTS?: readonly { clientId: string; clientSecret: string }[] | undefined;
  ENCRYPTION_KEYS?: readonly MasterKey[] | undefined;
}

/** What {@link refuseUnsafe} would say, for a start outside production that is to go on. */
export function unsafeSetting(environment: Settings): ConfigurationError | null {
  try {
    refuseUnsafe(environment);
    return null;
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}

/** What is drawn at random reaches these with room to spare; what is typed does not. */
const leastBits = { text: 80, masterKey: 128 };

const secretAdvice = 'is too easy to guess; make it from 32 random bytes';

/**
 * What a deployment that holds people's mail must not run with: secrets that can be guessed or that open two doors,
 * and plain text on the network.
 * @throws ConfigurationError naming the first variable at fault
 */
export function refuseUnsafe(environment: Settings): void {
  const { PUBLIC_URL, DATABASE_ALLOW_PLAINTEXT } = environment;
  if (PUBLIC_URL?.startsWith('http:') && !isLoopback(PUBLIC_URL))
    throw new ConfigurationError('PUBLIC_URL', 'must be https in production, or http on loopback');
  const connections = connectionsOf(environment);
  const plain = connections.find(({ host, ssl }) => !ssl && !staysOnThisMachine(host));
  if (plain && !DATABASE_ALLOW_PLAINTEXT) {
    throw new ConfigurationError(
      plain.variable,
      'must ask for TLS in production (sslmode=verify-full) unless DATABASE_ALLOW_PLAINTEXT is true',
    );
  }
  refuseWeakSecrets(environment);
  refuseEqualSecrets(secretsOf(environment, connections));
}

interface Connection {
  variable: 'DATABASE_URL' | 'DATABASE_DIRECT_URL';
  host: string;
  ssl: boolean;
  password: string | undefined;
}

function connectionsOf(environment: Settings): Connection[] {
  return (['DATABASE_URL', 'DATABASE_DIRECT_URL'] as const).flatMap((variable) => {
    const url = environment[variable];
    return url === undefined ? [] : [{ variable, ...asPgReads(variable, url) }];
  });
}

/** pg's own reading of the URL, and of what it takes from the environment beside it (`PGHOST`, `PGSSLMODE`). */
function asPgReads(variable: string, url: string): Omit<Connection, 'variable'> {
  try {
    const { host, ssl, password } = new pg.Client({ connectionString: url });
    return { host, ssl, password };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError(
      variable,
      code === 'ENOENT' || code === 'EACCES'
        ? `names a file that cannot be read (${code})`
        : 'is not a URL that pg can read',
    );
  }
}

function staysOnThisMachine(host: string): boolean {
  return host.startsWith('/') || host === '::1' || host === 'localhost' || host === '127.0.0.1';
}

function refuseWeakSecrets({ ADMIN_API_KEY, OAUTH_SERVICE_TOKEN, ENCRYPTION_KEYS }: Settings): void {
  for (const [variable, secret] of Object.entries({ ADMIN_API_KEY, OAUTH_SERVICE_TOKEN })) {
    if (secret !== undefined && estimatedBits(secret) < leastBits.text)
      throw new ConfigurationError(variable, secretAdvice);
  }
  if (ENCRYPTION_KEYS?.some(({ key }) => estimatedBits(key) < leastBits.masterKey))
    throw new ConfigurationError(
      'ENCRYPTION_KEYS',
      'hold a key that is too easy to guess; draw each at random',
    );
}

interface NamedSecret {
  variable: string;
  /** How another variable might spell the same secret. */
  spellings: readonly string[];
}

function secretsOf(environment: Settings, connections: readonly Connection[]): NamedSecret[] {
  const { ADMIN_API_KEY, OAUTH_SERVICE_TOKEN, GOOGLE_CLIENT_SECRET, ENCRYPTION_KEYS = [] } = environment;
  // The present client may stand among them, so that a change can be taken back.
  const former = (environment.GOOGLE_FORMER_CLIENTS ?? []).flatMap(({ clientId, clientSecret }) =>
    clientId === environment.GOOGLE_CLIENT_ID ? [] : [clientSecret],
  );
  const texts = { ADMIN_API_KEY, OAUTH_SERVICE_TOKEN, GOOGLE_CLIENT_SECRET };
  // Both URLs may have the same one: they lead to one database.
  const passwords = connections.flatMap(({ password }) => (password ? [password] : []));
  return [
    ...Object.entries(texts).map(([variable, text]) => ({ variable, spellings: text ? [text] : [] })),
    { variable: 'GOOGLE_FORMER_CLIENTS', spellings: former },
    ...ENCRYPTION_KEYS.map((key) => ({ variable: 'ENCRYPTION_KEYS', spellings: spellingsOf(key) })),
    { variable: 'the password of the database', spellings: passwords },
  ];
}

function spellingsOf({ key }: MasterKey): string[] {
  const base64 = key.toString('base64');
  return [base64, base64.replace(/=+$/, ''), key.toString('base64url'), key.toString('hex'), key.toString()];
}

function refuseEqualSecrets(secrets: readonly NamedSecret[]): void {
  for (const [index, { variable, spellings }] of secrets.entries()) {
    const twin = secrets
      .slice(index + 1)
      .find((other) => other.spellings.some((spelling) => spellings.includes(spelling)));
    if (!twin) continue;
    throw twin.variable === variable
      ? new ConfigurationError(variable, 'hold one key under two ids')
      : new ConfigurationError(variable, `must differ from ${twin.variable}`);
  }
}
