import { asksForPerson, type Condition } from './mailbox-condition.js';
import { elementStyles } from './styles.js';
import { filled, type Texts } from './texts.js';

/** What is to be seen. */
export interface Shown {
  /** Null before the first look. */
  condition: Condition | null;
  name: string;
  email: string | null;
  /** A consent is under way in another window. */
  waits: boolean;
  /** The last attempt to begin one failed. */
  failed: boolean;
  dialogOpen: boolean;
}

interface Presses {
  signIn: () => void;
  dismiss: () => void;
}

/** The element's own tree, built once and changed in place, so that neither focus nor screen readers lose their place. */
export class ElementView {
  private readonly card = made('div', { className: 'card' });
  private readonly name = made('p', { className: 'name', id: 'name' });
  private readonly state = made('p', { className: 'state' });
  private readonly button = made('button', { type: 'button' });
  private readonly dialog = made('dialog');
  private readonly title = made('h2', { id: 'title' });
  private readonly cause = made('p', { id: 'cause' });
  private readonly next = made('p');
  private readonly progress = made('p');
  private readonly continueButton = made('button', { type: 'button', autofocus: true });
  private readonly dismissButton = made('button', { type: 'button', className: 'other' });

  constructor(root: ShadowRoot, presses: Presses) {
    root.adoptedStyleSheets = [elementStyles()];
    const dot = made('span', { className: 'dot' });
    const what = made('div', { className: 'what' });
    const actions = made('div', { className: 'actions' });
    attributes(dot, { 'aria-hidden': 'true' });
    attributes(this.card, { role: 'group', 'aria-labelledby': 'name' });
    attributes(this.state, { role: 'status' });
    attributes(this.progress, { role: 'status' });
    attributes(this.dialog, { 'aria-labelledby': 'title', 'aria-describedby': 'cause' });
    what.append(this.name, this.state);
    this.card.append(dot, what, this.button);
    actions.append(this.continueButton, this.dismissButton);
    this.dialog.append(this.title, this.cause, this.next, this.progress, actions);
    root.append(this.card, this.dialog);
    this.button.addEventListener('click', presses.signIn);
    this.continueButton.addEventListener('click', presses.signIn);
    this.dismissButton.addEventListener('click', presses.dismiss);
    // Escape closes it natively; that is a decision too.
    this.dialog.addEventListener('cancel', presses.dismiss);
  }

  show(shown: Shown, texts: Texts): void {
    const { condition, name, email, waits } = shown;
    const names = { name, account: email };
    this.card.dataset.state = condition?.state ?? 'checking';
    write(this.name, name);
    write(this.state, filled(stateText(shown, texts), names));
    this.button.hidden =
      condition === null || !['not-connected', 'reauth-required'].includes(condition.state);
    write(this.button, buttonText(shown, texts));
    this.button.classList.toggle('other', waits);
    if (condition !== null && asksForPerson(condition)) {
      write(this.title, filled(texts.dialogTitle, names));
      write(this.cause, filled(texts.dialogCauses[condition.cause], names));
      write(this.next, texts.dialogNext);
      write(this.continueButton, waits ? texts.openAgain : texts.continueToGoogle);
      write(this.dismissButton, texts.notNow);
    }
    write(this.progress, progressText(shown, texts));
    this.progress.hidden = this.progress.textContent === '';
    this.openOrClose(shown.dialogOpen);
  }

  private openOrClose(open: boolean): void {
    if (open && !this.dialog.open) this.dialog.showModal();
    if (!open && this.dialog.open) this.dialog.close();
  }
}

function stateText(shown: Shown, texts: Texts): string {
  const { condition, email } = shown;
  if (condition === null) return texts.checking;
  const progress = progressText(shown, texts);
  if (progress !== '' && !shown.dialogOpen) return progress;
  return condition.state === 'connected' && email !== null
    ? texts.connectedAs
    : texts.states[condition.state];
}

function progressText({ waits, failed }: Shown, texts: Texts): string {
  if (failed) return texts.failed;
  return waits ? texts.waiting : '';
}

function buttonText({ condition, waits }: Shown, texts: Texts): string {
  if (waits) return texts.openAgain;
  return condition?.state === 'not-connected' ? texts.connect : texts.signInAgain;
}

/** What is there already is not written again: a screen reader would read it again. */
function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function made<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
): HTMLElementTagNameMap[Tag] {
  return Object.assign(document.createElement(tag), properties);
}

function attributes(element: HTMLElement, given: Record<string, string>): void {
  for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
}
