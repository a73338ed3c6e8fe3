import { startConsent, type Access, type StartedConsent } from './connect-client.js';
import { ConsentWindow } from './consent-window.js';
import { ElementView } from './element-view.js';
import { asksForPerson, conditionOf, type Condition, type Look } from './mailbox-condition.js';
import { MailboxWatch, type WatchOwner } from './mailbox-watch.js';
import { english, type Texts } from './texts.js';

/** As long as a connect link and then its state are good. */
const consentLifeMs = 20 * 60_000;
const shortestRefreshSeconds = 2;
const usualRefreshSeconds = 10;

type TokenSource = () => Promise<string> | string;

interface ConsentUnderWay {
  window: ConsentWindow | null;
  endsAtMs: number;
}

/** One dialog at a time: the others open when it is closed. */
const dialogs: { owner: HTMLElement | null } = { owner: null };

/**
 * `<evergrant-connect instance-id token>`: shows how one mailbox is connected, connects it, and asks its person to sign
 * in again when, and only when, Evergrant says `requiresReauth`. Tells by events that bubble, hold no secret, and cross
 * shadow roots: `evergrant-connected`, `evergrant-reauth-required`, `evergrant-error`, `evergrant-token-needed`.
 */
export class EvergrantConnect extends HTMLElement implements WatchOwner {
  static readonly observedAttributes = ['instance-id', 'token', 'base-url'];

  private tokenSource: TokenSource | null = null;
  private words = english;
  private condition: Condition | null = null;
  /** As it was last seen: a session that is over in between changes nothing about the mailbox. */
  private seen: Condition | null = null;
  private known: { name: string; email: string | null } = { name: '', email: null };
  private consent: ConsentUnderWay | null = null;
  private failed = false;
  private dismissed = false;
  private view: ElementView | null = null;
  private readonly watch = new MailboxWatch(this);

  connectedCallback(): void {
    this.view ??= new ElementView(this.attachShadow({ mode: 'open' }), {
      signIn: () => void this.signIn(),
      dismiss: () => this.dismiss(),
    });
    for (const property of ['token', 'texts', 'getToken'] as const) this.takeOver(property);
    this.render();
    this.watch.start();
  }

  disconnectedCallback(): void {
    this.watch.stop();
    if (dialogs.owner === this) dialogs.owner = null;
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.isConnected) return;
    if (name === 'instance-id') this.forget();
    this.watch.soon();
  }

  /** The connect session's token (`POST /api/connect-sessions`). */
  get token(): string {
    return this.getAttribute('token') ?? '';
  }

  set token(token: string) {
    this.setAttribute('token', token);
  }

  /** Gives another token when there is none, or when it is over. */
  get getToken(): TokenSource | null {
    return this.tokenSource;
  }

  set getToken(source: TokenSource | null) {
    this.tokenSource = source;
    if (this.isConnected && source !== null && this.condition?.state === 'session-over') this.watch.soon();
  }

  get instanceId(): string {
    return this.getAttribute('instance-id') ?? '';
  }

  /** Words in place of the English ones; what is left out stays. */
  get texts(): Texts {
    return this.words;
  }

  set texts(texts: Partial<Texts>) {
    this.words = { ...english, ...texts };
    this.render();
  }

  get refreshSeconds(): number {
    const asked = Number(this.getAttribute('refresh-seconds') ?? usualRefreshSeconds);
    return Number.isFinite(asked) ? Math.max(shortestRefreshSeconds, asked) : usualRefreshSeconds;
  }

  get hurries(): boolean {
    return this.consent !== null && Date.now() < this.consent.endsAtMs;
  }

  access(): Access | null {
    const { instanceId, token } = this;
    if (instanceId === '' || token === '') return null;
    const baseUrl = new URL(this.getAttribute('base-url') ?? '.', import.meta.url).href;
    return { baseUrl: baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`, instanceId, token };
  }

  async renewToken(): Promise<boolean> {
    const before = this.token;
    try {
      const given = this.tokenSource === null ? null : await this.tokenSource();
      // The attribute would begin a look of its own.
      if (given !== null) this.replaceToken(given);
    } catch {
      // The page could not give one: it is told so like a page that has no way to.
    }
    if (this.token !== '' && this.token !== before) return true;
    this.tell('token-needed', {});
    return false;
  }

  told(look: Look): void {
    const before = this.condition;
    const condition = conditionOf(look);
    // What was known stays, until something else is.
    if (condition.state !== 'unknown' || before === null) this.condition = condition;
    if (look.outcome === 'seen') this.known = { name: look.instance.name, email: look.instance.email };
    if (!needsConsent(condition) && look.outcome === 'seen') this.endConsent();
    if (!asksForPerson(this.condition ?? condition)) this.dismissed = false;
    this.render();
    if (look.outcome === 'seen') this.tellOfMailbox(condition, look.instance.errorCode);
    else if (failingStates.has(condition.state) && condition.state !== before?.state)
      this.tell('error', { errorCode: null });
  }

  /** In the click's own turn: browsers open windows for nothing else. */
  private async signIn(): Promise<void> {
    this.consent?.window?.close();
    const opened = ConsentWindow.open();
    const consent = { window: opened, endsAtMs: Date.now() + consentLifeMs };
    this.consent = consent;
    this.failed = false;
    this.render();
    const started = await this.begin(opened === null ? location.href : null);
    // Pressed again meanwhile: that press goes on.
    if (this.consent !== consent) return;
    if (started.outcome === 'failed') this.consentFailed(opened, started.errorCode);
    else if (opened === null) location.assign(started.url);
    else opened.goTo(started.url);
    this.watch.soon();
  }

  /** @param returnTo where the browser ends that opened no window: here */
  private async begin(returnTo: string | null): Promise<StartedConsent> {
    const wish = { returnTo, requireHintedAccount: this.hasAttribute('require-hinted-account') };
    const access = this.access();
    const first: StartedConsent =
      access === null
        ? { outcome: 'failed', errorCode: 'UNAUTHENTICATED', status: 401 }
        : await startConsent(access, wish);
    if (first.outcome === 'started' || first.status !== 401 || !(await this.renewToken())) return first;
    const renewed = this.access();
    return renewed === null ? first : startConsent(renewed, wish);
  }

  private consentFailed(opened: ConsentWindow | null, errorCode: string | null): void {
    opened?.close();
    this.consent = null;
    this.failed = true;
    this.render();
    this.tell('error', { errorCode });
  }

  private dismiss(): void {
    this.dismissed = true;
    this.render();
  }

  private endConsent(): void {
    this.consent?.window?.close();
    this.consent = null;
    this.failed = false;
  }

  private forget(): void {
    this.endConsent();
    this.condition = null;
    this.seen = null;
    this.known = { name: '', email: null };
    this.dismissed = false;
    this.render();
  }

  private replaceToken(token: string): void {
    this.watch.quietly(() => this.setAttribute('token', token));
  }

  private render(): void {
    const asks = this.condition !== null && asksForPerson(this.condition) && !this.dismissed;
    const dialogOpen = asks && this.isConnected && (dialogs.owner ?? this) === this;
    if (dialogOpen) dialogs.owner = this;
    else if (dialogs.owner === this) dialogs.owner = null;
    const waits = this.consent !== null && this.consent.window?.seemsClosed !== true;
    const { condition, known, failed } = this;
    this.view?.show({ condition, ...known, waits, failed, dialogOpen }, this.words);
  }

  private tellOfMailbox(condition: Condition, errorCode: string | null): void {
    const { seen } = this;
    this.seen = condition;
    if (condition.state === seen?.state) return;
    if (asksForPerson(condition)) this.tell('reauth-required', { cause: condition.cause });
    else if (failingStates.has(condition.state)) this.tell('error', { errorCode });
    else if (seen === null ? cameBack(this.instanceId) : needsConsent(seen) && !needsConsent(condition))
      this.tell('connected', { email: this.known.email });
  }

  /** What a page set before this element was defined hides the accessors. */
  private takeOver(property: 'token' | 'texts' | 'getToken'): void {
    const own = Object.getOwnPropertyDescriptor(this, property)?.value as unknown;
    if (own === undefined) return;
    Reflect.deleteProperty(this, property);
    Reflect.set(this, property, own);
  }

  private tell(event: string, detail: Record<string, unknown>): void {
    const { instanceId } = this;
    const state = this.condition?.state ?? null;
    this.dispatchEvent(
      new CustomEvent(`evergrant-${event}`, {
        ...{ bubbles: true, composed: true },
        detail: { instanceId, state, ...detail },
      }),
    );
  }
}

const failingStates: ReadonlySet<Condition['state']> = new Set([
  'blocked',
  'misconfigured',
  'forbidden',
  'gone',
]);

function needsConsent(condition: Condition | null): boolean {
  return condition?.state === 'not-connected' || condition?.state === 'reauth-required';
}

/** Whether the browser was just sent back here from the consent, which it went to in this very window. */
function cameBack(instanceId: string): boolean {
  return new URLSearchParams(location.search).get('connected') === instanceId;
}

if (!customElements.get('evergrant-connect')) customElements.define('evergrant-connect', EvergrantConnect);

export { asksForPerson, conditionOf, english };
export type { Condition, Look, Texts };
