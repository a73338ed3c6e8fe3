import { gmailScopes } from '../../gmail/index.js';

const gmailPermissions = {
  full: 'Read, write, send and delete all of your mail, for good too',
  modify: 'Read all of your mail, write and send mail in your name, and file it or move it to the bin',
  readonly: 'Read all of your mail and its attachments',
  metadata: 'See senders, recipients, subjects and labels of your mail, but not what it says',
  compose: 'Write drafts and send mail in your name',
  send: 'Send mail in your name',
  insert: 'Put mail into your mailbox',
  labels: 'See, make and delete your labels',
  settingsBasic: 'See and change your mail settings and filters',
  settingsSharing: 'Change who else may use your mailbox and where your mail is forwarded to',
} as const satisfies Record<keyof typeof gmailScopes, string>;

const identity = 'See your e-mail address';

const words: ReadonlyMap<string, string> = new Map([
  ['openid', identity],
  ['email', identity],
  ...Object.entries(gmailPermissions).map(([scope, permission]): [string, string] => [
    gmailScopes[scope as keyof typeof gmailScopes],
    permission,
  ]),
]);

/** What scopes allow, in words for the person who owns the mailbox; what weighs most comes first. */
export function permissions(scopes: readonly string[]): string[] {
  const ofMail = scopes.filter((scope) => words.get(scope) !== identity);
  const ofIdentity = scopes.filter((scope) => words.get(scope) === identity);
  return [...new Set([...ofMail, ...ofIdentity].map((scope) => words.get(scope) ?? scope))];
}
