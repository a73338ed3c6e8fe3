import { spawnSync, type SpawnOptions } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, readFileSync, statSync } from 'node:fs';
import { getuid, platform } from 'node:process';
import { EmbeddedPostgresFailure } from './failure.js';

/** How PostgreSQL's programs are started; PostgreSQL refuses to run as root. */
export class LaunchMode {
  private constructor(
    readonly name: 'direct' | 'user-namespace' | 'setuid',
    private readonly prefix: readonly string[],
    private readonly identity: { uid: number; gid: number } | null,
  ) {}

  /** As the user that runs this process. */
  static direct(): LaunchMode {
    return new LaunchMode('direct', [], null);
  }

  /** As root outside and an ordinary user inside a user namespace: needs no account, and no reachable folders. */
  static userNamespace(): LaunchMode {
    return new LaunchMode(
      'user-namespace',
      ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'],
      null,
    );
  }

  /** As an unprivileged account of this machine. */
  static setuid(): LaunchMode {
    const accounts = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'));
    const account = ['postgres', 'nobody']
      .map((name) => accounts.find(([user]) => user === name))
      .find(Boolean);
    if (!account)
      throw new EmbeddedPostgresFailure(
        'Root cannot run PostgreSQL, and there is no account postgres or nobody',
      );
    return new LaunchMode('setuid', [], { uid: Number(account[2]), gid: Number(account[3]) });
  }

  /** The mode that fits this process. */
  static choose(): LaunchMode {
    if (platform === 'win32' || getuid?.() !== 0) return LaunchMode.direct();
    const namespace = LaunchMode.userNamespace();
    return namespace.canRun('true') ? namespace : LaunchMode.setuid();
  }

  command(file: string, args: readonly string[]): { file: string; args: string[]; options: SpawnOptions } {
    const [first, ...rest] = [...this.prefix, file, ...args] as [string, ...string[]];
    return {
      file: first,
      args: rest,
      options: {
        ...this.identity,
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
    if (this.identity) chownSync(path, this.identity.uid, this.identity.gid);
  }

  /** Lets that account pass through `DATA_DIR`; what lies in it keeps its own permissions. */
  openPath(dataDir: string): void {
    accessSync(dataDir, constants.W_OK);
    if (!this.identity) return;
    chmodSync(dataDir, statSync(dataDir).mode | 0o011);
    const { file, args, options } = this.command('test', ['-x', dataDir]);
    if (spawnSync(file, args, options).status === 0) return;
    throw new EmbeddedPostgresFailure(
      `DATA_DIR ${dataDir} is out of reach for the unprivileged account that PostgreSQL needs; ` +
        'choose another DATA_DIR, start as an ordinary user, or set DATABASE_URL',
    );
  }
}
