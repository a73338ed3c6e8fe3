import { spawnSync, type SpawnOptions } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { getuid, platform } from 'node:process';
import { EmbeddedPostgresFailure } from './failure.js';

interface Account {
  uid: number;
  gid: number;
}

/** How PostgreSQL's programs are started; PostgreSQL refuses to run as root, or as a user that has no name. */
export class LaunchMode {
  private constructor(
    private readonly prefix: readonly string[],
    private readonly account: Account | null,
  ) {}

  /** As the user that runs this process. */
  static direct(): LaunchMode {
    return new LaunchMode([], null);
  }

  /** As this user outside and an unprivileged account inside a user namespace: needs no reachable folders. */
  static userNamespace(): LaunchMode {
    const { uid, gid } = unprivilegedAccount();
    return new LaunchMode(['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--'], null);
  }

  /** As an unprivileged account of this machine. */
  static setuid(): LaunchMode {
    return new LaunchMode([], unprivilegedAccount());
  }

  /** The mode that fits this process. */
  static choose(): LaunchMode {
    if (platform === 'win32' || (getuid?.() !== 0 && hasName())) return LaunchMode.direct();
    const namespace = LaunchMode.userNamespace();
    return namespace.canRun('true') ? namespace : LaunchMode.setuid();
  }

  command(file: string, args: readonly string[]): { file: string; args: string[]; options: SpawnOptions } {
    const [first, ...rest] = [...this.prefix, file, ...args] as [string, ...string[]];
    return {
      file: first,
      args: rest,
      options: {
        ...this.account,
        cwd: '/',
        env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      },
    };
  }

  canRun(file: string): boolean {
    const { file: command, args, options } = this.command(file, ['--version']);
    return spawnSync(command, args, { ...options, stdio: 'ignore' }).status === 0;
  }

  /** Hands a file or folder to the account that PostgreSQL runs as. */
  own(path: string): void {
    if (this.account) chownSync(path, this.account.uid, this.account.gid);
  }

  /** Lets that account pass through `DATA_DIR`; what lies in it keeps its own permissions. */
  openPath(dataDir: string): void {
    accessSync(dataDir, constants.W_OK);
    if (!this.account) return;
    chmodSync(dataDir, statSync(dataDir).mode | 0o011);
    const { file, args, options } = this.command('test', ['-x', dataDir]);
    if (spawnSync(file, args, options).status === 0) return;
    throw new EmbeddedPostgresFailure(
      `DATA_DIR ${dataDir} is out of reach for the unprivileged account that PostgreSQL needs; ` +
        'choose another DATA_DIR, start as an ordinary user, or set DATABASE_URL',
    );
  }
}

function unprivilegedAccount(): Account {
  const entries = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const entry = ['postgres', 'nobody'].map((name) => entries.find(([user]) => user === name)).find(Boolean);
  if (entry) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  throw new EmbeddedPostgresFailure(
    'PostgreSQL cannot run as this user, and there is no account postgres or nobody; set DATABASE_URL',
  );
}

/** Containers often run under a bare number, which initdb does not accept. */
function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}
