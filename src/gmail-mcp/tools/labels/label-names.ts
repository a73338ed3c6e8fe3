import { EvergrantError } from '../../../errors/index.js';
import { type Mailbox, readableText } from '../../../gmail/index.js';

interface Label {
  id: string;
  name: string;
}

/** What a person or a model calls a label, told by the labels that there are. */
export type LabelDecision =
  { status: 'found'; id: string } | { status: 'ambiguous'; ids: string[] } | { status: 'unknown' };

/**
 * An id names its label whatever others are called; a name, in any case where only one label has it. Names are those that
 * a person sees, as answers tell them.
 */
export function labelCalled(called: string, labels: readonly Label[]): LabelDecision {
  if (labels.some(({ id }) => id === called)) return { status: 'found', id: called };
  const seen = labels.map(({ id, name }) => ({ id, name: readableText(name).trim() }));
  const exact = seen.filter(({ name }) => name === called);
  const named =
    exact.length > 0 ? exact : seen.filter(({ name }) => name.toLowerCase() === called.toLowerCase());
  const [first, ...others] = named;
  if (first === undefined) return { status: 'unknown' };
  return others.length === 0
    ? { status: 'found', id: first.id }
    : { status: 'ambiguous', ids: named.map(({ id }) => id) };
}

/** Gmail's own labels, whose ids it documents, and what the ids of others look like: these need no look at the labels. */
const looksLikeId =
  /^(?:INBOX|UNREAD|STARRED|IMPORTANT|SPAM|TRASH|SENT|DRAFT|CHAT|CATEGORY_[A-Z]+|Label_\d+)$/;

/** The labels of a call, by argument: ids, or names. */
type LabelArguments = Readonly<Record<string, readonly string[]>>;

/**
 * The ids of the labels that the arguments name. Gmail is asked for its labels only where one is no id by its looks.
 * @throws EvergrantError `VALIDATION_FAILED` naming the argument, for a name that no label has or several have
 */
export async function labelIdsOf<Arguments extends LabelArguments>(
  given: Arguments,
  mailbox: Pick<Mailbox, 'listLabels'>,
): Promise<{ [Argument in keyof Arguments]: string[] }> {
  const all = Object.values(given).flat();
  const labels = all.every((each) => looksLikeId.test(each)) ? null : await mailbox.listLabels();
  const entries = Object.entries(given).map(([field, called]) => [
    field,
    labels === null ? [...called] : [...new Set(called.map((each) => idOf(field, each, labels)))],
  ]);
  return Object.fromEntries(entries) as { [Argument in keyof Arguments]: string[] };
}

function idOf(field: string, called: string, labels: readonly Label[]): string {
  const decision = labelCalled(called, labels);
  if (decision.status === 'found') return decision.id;
  throw refused(
    field,
    decision.status === 'ambiguous'
      ? `Several labels are called "${called}" (argument "${field}"): give one of the ids ${decision.ids.join(', ')}`
      : `There is no label "${called}" (argument "${field}"): list_labels tells what labels there are`,
  );
}

/**
 * Gmail's refusal with the label that it dislikes, which it does not name: its labels are looked at, and if one of the
 * arguments is none of them, the error says so.
 */
export async function namingLabel(
  error: unknown,
  given: LabelArguments,
  mailbox: Pick<Mailbox, 'listLabels'>,
): Promise<unknown> {
  if (!(error instanceof EvergrantError) || error.code !== 'VALIDATION_FAILED') return error;
  const labels = await mailbox.listLabels().catch(() => null);
  if (labels === null) return error;
  for (const [field, ids] of Object.entries(given)) {
    const unknown = ids.find((id) => !labels.some((label) => label.id === id));
    if (unknown === undefined) continue;
    const named = labels.find(({ name }) => name.toLowerCase() === unknown.toLowerCase());
    const hint =
      named === undefined ? 'list_labels tells the ids' : `the id of the label so named is "${named.id}"`;
    return refused(field, `There is no label with the id "${unknown}" (argument "${field}"): ${hint}`, error);
  }
  return error;
}

function refused(field: string, message: string, cause?: unknown): EvergrantError {
  return new EvergrantError('VALIDATION_FAILED', { field, message, cause });
}
