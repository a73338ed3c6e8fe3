/** Gmail's scopes by name. https://developers.google.com/workspace/gmail/api/auth/scopes */
export const gmailScopes = {
  full: 'https://mail.google.com/',
  modify: 'https://www.googleapis.com/auth/gmail.modify',
  readonly: 'https://www.googleapis.com/auth/gmail.readonly',
  metadata: 'https://www.googleapis.com/auth/gmail.metadata',
  compose: 'https://www.googleapis.com/auth/gmail.compose',
  send: 'https://www.googleapis.com/auth/gmail.send',
  insert: 'https://www.googleapis.com/auth/gmail.insert',
  labels: 'https://www.googleapis.com/auth/gmail.labels',
  settingsBasic: 'https://www.googleapis.com/auth/gmail.settings.basic',
  settingsSharing: 'https://www.googleapis.com/auth/gmail.settings.sharing',
} as const;

const shortNames = new Map(
  Object.values(gmailScopes).map((scope) => [
    scope.replace(/^https:\/\/(www\.googleapis\.com\/auth\/)?|\/$/g, ''),
    scope,
  ]),
);

/** The scope that a short name like `gmail.modify` or `mail.google.com` stands for; anything else as it is. */
export function fullScopeName(scope: string): string {
  return shortNames.get(scope) ?? scope;
}

/** What Evergrant asks for when an instance names no scopes of its own. */
export const DEFAULT_GMAIL_SCOPES: readonly string[] = ['openid', 'email', gmailScopes.readonly];

// A method's "Authorization scopes" section lists all that it accepts; what every such list with the
// narrow scope also names is wider. The settings scopes stand apart: no other scope allows their writes.
const coveredByModify = [
  gmailScopes.readonly,
  gmailScopes.metadata,
  gmailScopes.compose,
  gmailScopes.send,
  gmailScopes.insert,
  gmailScopes.labels,
];
const narrowerScopes = new Map<string, readonly string[]>([
  [gmailScopes.full, [gmailScopes.modify, ...coveredByModify]],
  [gmailScopes.modify, coveredByModify],
  [gmailScopes.readonly, [gmailScopes.metadata]],
  [gmailScopes.compose, [gmailScopes.send]],
]);

// Google's token answers name the OpenID scopes by their long form.
const longForms = new Map([
  ['email', 'https://www.googleapis.com/auth/userinfo.email'],
  ['profile', 'https://www.googleapis.com/auth/userinfo.profile'],
]);
function longForm(scope: string): string {
  return longForms.get(scope) ?? scope;
}

/** Whether the granted scopes allow what `needed` allows: by itself, or because a wider one was granted. */
export function coversScope(granted: readonly string[], needed: string): boolean {
  return granted.some(
    (scope) => longForm(scope) === longForm(needed) || narrowerScopes.get(scope)?.includes(needed) === true,
  );
}

const identityScopes: ReadonlySet<string> = new Set(['openid', ...[...longForms].flat()]);

/** Whether the scope only tells who the account's owner is (OpenID Connect Core section 5.4). */
export function isIdentityScope(scope: string): boolean {
  return identityScopes.has(scope);
}

/** Whether the scope concerns Gmail, rather than the account's identity or another Google product. */
export function isGmailScope(scope: string): boolean {
  return scope === gmailScopes.full || scope.startsWith('https://www.googleapis.com/auth/gmail.');
}
