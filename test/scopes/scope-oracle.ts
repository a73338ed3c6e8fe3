/**
 * What Google says of Gmail's scopes, written down by hand and apart from the product's own tables.
 * https://developers.google.com/workspace/gmail/api/auth/scopes
 */
const google = 'https://www.googleapis.com/auth';
export const scopeUrls = {
  full: 'https://mail.google.com/',
  modify: `${google}/gmail.modify`,
  readonly: `${google}/gmail.readonly`,
  metadata: `${google}/gmail.metadata`,
  labels: `${google}/gmail.labels`,
  compose: `${google}/gmail.compose`,
  send: `${google}/gmail.send`,
  insert: `${google}/gmail.insert`,
  settings: `${google}/gmail.settings.basic`,
};
export type ScopeName = keyof typeof scopeUrls;

/** One side of a pair: what an instance asks for, or what was granted. */
export type ScopeSet = readonly ScopeName[];

/** Every scope alone, and two that come together without covering one another. */
export const scopeSets: readonly ScopeSet[] = [
  ...(Object.keys(scopeUrls) as ScopeName[]).map((name) => [name]),
  ['readonly', 'send'],
  ['labels', 'compose'],
];

export function urlsOf(scopes: ScopeSet): string[] {
  return scopes.map((name) => scopeUrls[name]);
}

const reading: ScopeSet = ['full', 'modify', 'readonly'];
const sending: ScopeSet = ['full', 'modify', 'compose', 'send'];

/** Which scopes Gmail lets do each of the acts; a reply also reads the headers of what it answers. */
const sufficient = {
  search_messages: [reading],
  search_threads: [reading],
  get_message: [reading],
  get_messages: [reading],
  get_thread: [reading],
  get_links: [reading],
  get_attachment: [reading],
  list_labels: [['full', 'modify', 'readonly', 'labels', 'metadata']],
  get_profile: [['full', 'modify', 'readonly', 'compose', 'metadata']],
  list_changes: [[...reading, 'metadata']],
  modify_message_labels: [['full', 'modify']],
  modify_thread_labels: [['full', 'modify']],
  create_draft: [['full', 'modify', 'compose']],
  send_message: [sending],
  reply_to_message: [sending, [...reading, 'metadata']],
  forward_message: [sending, reading],
  send_draft: [['full', 'modify', 'compose']],
  watch_mailbox: [[...reading, 'metadata']],
  stop_watch: [[...reading, 'metadata']],
  reply: [sending, [...reading, 'metadata']],
} as const satisfies Record<string, readonly ScopeSet[]>;
export type Act = keyof typeof sufficient;
export const acts = Object.keys(sufficient) as Act[];

export type Expected = 'allowed' | 'not_asked_for' | 'not_granted';

/** A step of the act is judged when the ones before it may be made. */
export function expected(act: Act, asked: ScopeSet, granted: ScopeSet): Expected {
  return judged(sufficient[act], asked, granted);
}

/** Whether the tool of an act is there: its first step says so, since what it reads besides differs by its arguments. */
export function listed(act: Act, asked: ScopeSet, granted: ScopeSet): Expected {
  return judged(sufficient[act].slice(0, 1), asked, granted);
}

function judged(steps: readonly ScopeSet[], asked: ScopeSet, granted: ScopeSet): Expected {
  for (const step of steps) {
    if (!asked.some((scope) => step.includes(scope))) return 'not_asked_for';
    if (!granted.some((scope) => step.includes(scope))) return 'not_granted';
  }
  return 'allowed';
}

/** Whether Gmail would do it for a token of these scopes. */
export function permits(act: Act, scopes: ScopeSet): boolean {
  return expected(act, scopes, scopes) === 'allowed';
}

const narrower: Partial<Record<ScopeName, ScopeSet>> = {
  full: ['modify', 'readonly', 'metadata', 'labels', 'compose', 'send', 'insert'],
  modify: ['readonly', 'metadata', 'labels', 'compose', 'send', 'insert'],
  readonly: ['metadata'],
  compose: ['send'],
};

/** Whether the scopes of `wide` allow all that those of `narrow` do. */
export function covers(wide: ScopeSet, narrow: ScopeSet): boolean {
  return narrow.every((scope) =>
    wide.some((other) => other === scope || narrower[other]?.includes(scope) === true),
  );
}
