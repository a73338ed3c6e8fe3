import { until } from '../../sandbox/index.js';
import { VerdictHolds } from '../../src/credentials/verdicts/verdict-holds.js';
import { invalidGrant } from '../harness/oauth/token-faults.js';
import type { TestApp } from '../harness/test-app.js';
import type { CredentialModel } from './credential-model.js';

export interface TokenAnswer {
  status: number;
  body: {
    accessToken?: string;
    stale?: boolean;
    errorCode?: string | null;
    requiresReauth?: boolean;
  };
}

/**
 * Google never rotates, and gives no refresh token at a repeated consent. Others do both.
 */
export type ProviderKind = 'google' | 'rotating' | 'rotating-and-silent';
const issued = { google: 'google', rotating: 'always', 'rotating-and-silent': 'google' } as const;

interface Operation {
  what: string;
  /** The refresh token that was ours when it began. */
  heldAtFirst: string | null;
  ended: boolean;
  result: Promise<unknown>;
}

interface Row {
  generation: number;
  refreshVersion: number;
  rotationObserved: boolean;
}

const leaseSeconds = 30;
const dead = "'a process that died'";
let mailboxes = 0;

/** One mailbox of one account, its replicas and its provider; every answer and every row is held to the model. */
export class Mailbox {
  readonly account = `model${++mailboxes}@sandbox.test`;
  private instanceId = '';
  private lastToken = 'none';
  /** The last answer was a token that is fresh, or tells of one. */
  private served = false;
  private clocksDiffered = false;
  private outageFault: string | null = null;
  private spikeFault: string | null = null;
  private operations: Operation[] = [];
  private readonly answers: TokenAnswer[] = [];
  private consents = 0;
  /** What happened; printed with a failure. */
  readonly log: string[] = [];

  constructor(
    private readonly replicas: readonly TestApp[],
    private readonly model: CredentialModel,
  ) {}

  private get first(): TestApp {
    return this.replicas[0]!;
  }

  private get google() {
    return this.first.google;
  }

  async open(provider: ProviderKind): Promise<void> {
    const mayRotate = provider !== 'google';
    const rotation = mayRotate ? 'rotate' : 'none';
    await this.google.configure({ rotation, issueRefreshToken: issued[provider] });
    this.model.mayRotate = mayRotate;
    await this.google.clearLedger();
    await this.google.addAccount({ email: this.account });
    await this.step('open', () => this.consent());
    if (!this.model.connected) throw new Error('The mailbox was not connected');
  }

  /** Does something, and holds to the model whatever came of it and of what was under way. */
  async step(what: string, act: () => Promise<unknown>): Promise<void> {
    const heldBefore = this.model.held;
    const underWay = this.mayYetBePresented();

    this.log.push(what);
    await act();
    // Whatever they tell of stands in the ledger already.
    const answers = this.answers.splice(0);

    this.operations = this.operations.filter(({ ended }) => !ended);
    this.model.underWay = this.operations.length;
    this.model.consentUnderWay = this.operations.some(({ what }) => what === 'authorization_code');
    const { tokenRequests, grants } = await this.google.ledger();
    const allowed = new Set([heldBefore, ...underWay]);
    for (const request of this.model.answersIn(tokenRequests)) {
      const { presentedRefreshToken, grantType, outcome } = request;
      const held = this.model.held;
      // A code's token is ours once the consent that it belongs to was stored.
      if (grantType === 'authorization_code' && this.consents === 0) continue;
      this.model.given(request);
      allowed.add(held).add(this.model.held);
      this.log.push(
        `  ${grantType} ${short(presentedRefreshToken)} ${outcome} ${short(request.returnedRefreshToken)}`,
      );
    }
    if (this.consents > 0) this.model.consented();
    this.consents = 0;
    for (const { presentedRefreshToken } of this.newlyPresented(tokenRequests))
      if (!allowed.has(presentedRefreshToken))
        this.fail(`${short(presentedRefreshToken)} was presented, we hold ${short(this.model.held)}`);
    await this.checkRow();
    const ended = grants.some((grant) => grant.account === this.account && !grant.alive);
    for (const answer of answers)
      await this.checkAnswer(answer, heldBefore, { mayBeInvalid: ended || this.clocksDiffered });
  }

  /** What was begun presents the token of its time, and once more if need be, unless that is known to spend it. */
  private mayYetBePresented(): (string | null)[] {
    return this.operations
      .map(({ heldAtFirst }) => heldAtFirst)
      .filter((token) => !this.model.rotationObserved || !this.presentedTokens.has(token));
  }

  private presentedUpTo = 0;
  private readonly presentedTokens = new Set<string | null>();

  private newlyPresented(requests: Awaited<ReturnType<typeof this.google.ledger>>['tokenRequests']) {
    const newer = requests.filter(({ sequence }) => sequence > this.presentedUpTo);
    this.presentedUpTo = requests.at(-1)?.sequence ?? this.presentedUpTo;
    for (const { presentedRefreshToken } of newer) this.presentedTokens.add(presentedRefreshToken);
    return newer.filter(({ presentedRefreshToken }) => presentedRefreshToken !== null);
  }

  accessToken(replica: number): Promise<unknown> {
    return this.asked(replica, 'GET', `/api/instances/${this.instanceId}/access-token`);
  }

  forcedRefresh(replica: number): Promise<unknown> {
    return this.asked(replica, 'POST', `/api/instances/${this.instanceId}/refresh`);
  }

  rejectToken(replica: number): Promise<unknown> {
    const body = { rejectedToken: this.lastToken };
    return this.asked(replica, 'POST', `/api/instances/${this.instanceId}/refresh`, body);
  }

  /** A person passes the consent page; a mailbox that was disconnected becomes one of a new instance. */
  async consent(): Promise<void> {
    if (!this.model.connected) this.instanceId = (await this.first.createInstance()).id;
    const { instanceId } = this;
    const end = await this.first.connect(instanceId, { account: this.account });
    const connected = end.searchParams.get('connected') === instanceId;
    this.log.push(`  consent: ${end.search}`);
    if (connected) this.consents += 1;
  }

  async disconnect(): Promise<void> {
    await this.first.api('DELETE', `/api/instances/${this.instanceId}`);
    this.model.disconnected();
  }

  /** Begins what the provider holds at its door, and goes on as soon as it stands there, or needed no provider. */
  async beginHeld(
    grantType: 'refresh_token' | 'authorization_code',
    act: () => Promise<unknown>,
  ): Promise<void> {
    const match = { account: this.account, grantType };
    const { id } = await this.google.addFault({ target: 'token', match, times: 1, fault: { kind: 'hold' } });
    const before = await this.heldCount();
    const operation = this.begin(grantType, act);
    await until(`${grantType} is held`, async () => operation.ended || (await this.heldCount()) > before, {
      everyMs: 5,
    });
    if (operation.ended) await this.google.clearFaults(id);
  }

  /** Begins something, and waits for nothing. */
  begin(what: string, act: () => Promise<unknown>): Operation {
    const heldAtFirst = this.model.held;
    const operation: Operation = { what, heldAtFirst, ended: false, result: Promise.resolve() };
    operation.result = act().finally(() => (operation.ended = true));
    // settle() reports the failure; until then it is not an unhandled rejection.
    operation.result.catch(() => undefined);
    this.operations.push(operation);
    return operation;
  }

  /** Releases the request held for the longest, and waits for what began it; other requests stay held. */
  async releaseOldest(): Promise<void> {
    const [oldest] = await this.google.heldRequests();
    await this.google.release(1);
    const begun = this.operations.filter(({ what }) => what === oldest?.grantType);
    await Promise.all(begun.map(({ result }) => result));
  }

  async releaseAll(): Promise<void> {
    await this.google.release();
    await Promise.all(this.operations.map(({ result }) => result));
  }

  async setOutage(on: boolean): Promise<void> {
    if (this.outageFault !== null) await this.google.clearFaults(this.outageFault);
    this.outageFault = null;
    this.model.outage = on;
    if (!on) return;
    const fault = { kind: 'error', status: 503, body: {}, headers: { 'retry-after': '60' } } as const;
    this.outageFault = (
      await this.google.addFault({ target: 'token', match: { account: this.account }, fault })
    ).id;
  }

  /** The provider calls this grant dead, and so many others at once that another process holds their verdicts. */
  async setSpike(on: boolean): Promise<void> {
    if (this.spikeFault !== null) await this.google.clearFaults(this.spikeFault);
    this.spikeFault = null;
    this.model.spike = on;
    if (!on) return;
    const match = { account: this.account, grantType: 'refresh_token' };
    this.spikeFault = (await this.google.addFault({ target: 'token', match, fault: invalidGrant() })).id;
    await this.sql(
      `INSERT INTO verdict_holds (oauth_client_id) SELECT oauth_client_id FROM mcp_credentials WHERE email = $1
       ON CONFLICT (oauth_client_id, tenant_id) DO UPDATE SET healthy_at = NULL, refusals = 0, refused_at = NULL`,
    );
  }

  reviewHolds(): Promise<void> {
    return this.first.part(VerdictHolds).review();
  }

  /** The provider makes the next refresh, and its answer is lost. */
  async loseNextAnswer(): Promise<void> {
    const match = { account: this.account, grantType: 'refresh_token' };
    await this.google.addFault({ target: 'token', match, times: 1, fault: { kind: 'reset-after' } });
  }

  /** A row as a process leaves it that was killed between its claim and its request. */
  async crash(): Promise<void> {
    await this.sql(`UPDATE mcp_credentials SET lease_owner = ${dead},
      lease_expires_at = evergrant_now() + interval '${leaseSeconds} s', attempt_id = gen_random_uuid(),
      attempt_started_at = evergrant_now()
      WHERE email = $1 AND lease_owner IS NULL AND attempt_id IS NULL`);
    this.model.blockedSeconds = leaseSeconds;
  }

  /** The clocks are moved one after another: who looks at two of them meanwhile sees what never is. */
  async pass(seconds: number): Promise<void> {
    this.clocksDiffered ||= this.operations.length > 0;
    await this.first.advance(seconds);
    this.model.blockedSeconds = Math.max(0, this.model.blockedSeconds - seconds);
  }

  async updateUnrelated(): Promise<void> {
    await this.sql(
      'UPDATE mcp_credentials SET last_used_at = NULL, updated_at = evergrant_now() WHERE email = $1',
    );
  }

  revokeAtProvider(): Promise<unknown> {
    return this.google.revokeGrants({ account: this.account });
  }

  /** With nothing in its way, a grant that is alive and ours brings a token, by itself or once a person forces it. */
  async end(): Promise<void> {
    await this.step('leases lapse', () => this.pass(leaseSeconds + 1));
    await this.step('end', async () => {
      await this.setOutage(false);
      await this.setSpike(false);
      await this.google.clearFaults();
      await this.releaseAll();
    });
    if (this.model.connected) {
      await this.step('an hour passes', () => this.pass(3_700));
      await this.step('asked at the end', () => this.accessToken(0));
      if (!this.served && (await this.isAlive())) await this.force();
      await this.step('disconnect', () => this.disconnect());
    }
    await this.reviewHolds();
  }

  /** Where the outcome of an attempt is unknown, a person decides to present the token all the same. */
  private async force(): Promise<void> {
    await this.step('a minute passes', () => this.pass(61));
    await this.step('forced at the end', () => this.forcedRefresh(1));
    await this.step('asked after all', () => this.accessToken(1));
    if (!this.served) this.fail('A grant that is alive brings no token');
  }

  fail(why: string): never {
    throw new Error(`${why}\n${this.log.join('\n')}`);
  }

  private async isAlive(): Promise<boolean> {
    const { grants } = await this.google.ledger();
    return grants.some(({ refreshToken, alive }) => alive && refreshToken === this.model.held);
  }

  private async heldCount(): Promise<number> {
    return (await this.google.heldRequests()).filter(({ account }) => account === this.account).length;
  }

  private async asked(replica: number, method: string, path: string, body?: object): Promise<void> {
    const answer = await this.ask(replica, method, path, body);
    if (answer.body.accessToken !== undefined) this.lastToken = answer.body.accessToken;
    this.served = answer.status === 200 && answer.body.stale === false;
    this.answers.push(answer);
  }

  private async ask(replica: number, method: string, path: string, body?: object): Promise<TokenAnswer> {
    const answer = await this.replicas[replica]!.api<TokenAnswer['body']>(method, path, body);
    this.log.push(`  ${method} of replica ${replica}: ${answer.status} ${answer.body.errorCode ?? ''}`);
    return answer;
  }

  private async sql(statement: string): Promise<void> {
    await this.first.dataSource.query(statement, [this.account]);
  }

  private async checkRow(): Promise<void> {
    const [row] = await this.first.dataSource.query<Row[]>(
      `SELECT generation, refresh_version AS "refreshVersion", rotation_observed AS "rotationObserved"
       FROM mcp_credentials WHERE email = $1`,
      [this.account],
    );
    if (!row) return;
    const { generation, refreshVersion, rotationObserved } = row;
    if (generation < this.model.generation || refreshVersion < this.model.refreshVersion)
      this.fail(`Generation or refresh version fell: ${generation}, ${refreshVersion}`);
    Object.assign(this.model, { generation, refreshVersion, rotationObserved });
  }

  private async checkAnswer(
    { status, body }: TokenAnswer,
    heldBefore: string | null,
    { mayBeInvalid }: { mayBeInvalid: boolean },
  ): Promise<void> {
    if (body.requiresReauth && !this.model.mayAskForConsent(heldBefore))
      this.fail(`Re-authentication is required (${body.errorCode}), and the provider did not say so`);
    if (status >= 500 && status !== 503) this.fail(`An answer was ${status} ${JSON.stringify(body)}`);
    if (body.accessToken === undefined || body.stale || mayBeInvalid) return;
    const url = `${this.first.environment.GMAIL_API_URL}/gmail/v1/users/me/profile`;
    const profile = await fetch(url, { headers: { authorization: `Bearer ${body.accessToken}` } });
    if (profile.status !== 200)
      this.fail(`A token was handed out that the provider answers ${profile.status} to`);
  }
}

function short(fingerprint: string | null): string {
  return fingerprint?.slice(0, 6) ?? 'none';
}
