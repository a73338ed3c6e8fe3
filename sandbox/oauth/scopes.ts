const google = 'https://www.googleapis.com/auth';

/** Every scope that may be asked for here, with what the consent page says about it. */
const descriptions = new Map([
  ['openid', 'Associate you with your personal info'],
  [`${google}/userinfo.email`, 'See your primary email address'],
  [`${google}/userinfo.profile`, 'See your name'],
  ['https://mail.google.com/', 'Read, compose, send and permanently delete all your email'],
  [`${google}/gmail.readonly`, 'View your email messages and settings'],
  [`${google}/gmail.metadata`, 'View your email message metadata such as labels and headers'],
  [`${google}/gmail.modify`, 'Read, compose and send emails'],
  [`${google}/gmail.compose`, 'Manage drafts and send emails'],
  [`${google}/gmail.send`, 'Send email on your behalf'],
  [`${google}/gmail.insert`, 'Add emails into your mailbox'],
  [`${google}/gmail.labels`, 'See and edit your email labels'],
  [`${google}/gmail.settings.basic`, 'See, edit, create or change your email settings and filters'],
  [`${google}/gmail.settings.sharing`, 'Manage your sensitive mail settings'],
]);

/** Google accepts the short OpenID names and answers with the long ones. */
const aliases = new Map([
  ['email', `${google}/userinfo.email`],
  ['profile', `${google}/userinfo.profile`],
]);

export const emailScope = `${google}/userinfo.email`;
export const profileScope = `${google}/userinfo.profile`;

function canonicalScope(scope: string): string {
  return aliases.get(scope) ?? scope;
}

/** What a scope permits, in words; undefined for a scope that does not exist. */
export function describeScope(scope: string): string | undefined {
  return descriptions.get(canonicalScope(scope));
}

/** Splits a space-delimited `scope` parameter (RFC 6749 section 3.3) into Google's names, each once. */
export function readScopes(parameter: string): string[] {
  return [
    ...new Set(
      parameter
        .split(' ')
        .filter((scope) => scope !== '')
        .map(canonicalScope),
    ),
  ];
}
