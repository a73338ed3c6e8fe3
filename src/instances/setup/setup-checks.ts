import { isIP } from 'node:net';
import type { ErrorCode } from '../../errors/index.js';
import type { AuthorizationProbe, RefreshOutcome } from '../../oauth/index.js';

/** What has to be right before people are sent to Google, in the order in which one sets it up. */
export const checkNames = [
  'public_url',
  'client',
  'redirect_uri',
  'clock',
  'gmail_api',
  'scopes',
  'publishing_status',
] as const;
export type CheckName = (typeof checkNames)[number];

/** `waiting`: it can be told once a mailbox was connected. `unknown`: it cannot be told now. */
export const checkStatuses = ['ok', 'failed', 'unknown', 'waiting'] as const;
export type CheckStatus = (typeof checkStatuses)[number];

export interface Finding {
  status: CheckStatus;
  /** For programs. */
  reason: string | null;
  /** For people: what is right, or what is to be done. */
  detail: string;
}

function ok(detail: string): Finding {
  return { status: 'ok', reason: null, detail };
}

function failed(reason: string, detail: string): Finding {
  return { status: 'failed', reason, detail };
}

function unknown(reason: string, detail: string): Finding {
  return { status: 'unknown', reason, detail };
}

const waiting: Finding = {
  status: 'waiting',
  reason: 'no_connected_mailbox',
  detail: 'This can be told once a mailbox was connected with this client',
};

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Google takes no redirect URI beyond this machine that is plain http or names a bare address
 * (https://developers.google.com/identity/protocols/oauth2/web-server#uri-validation).
 */
export function publicUrlCheck(publicUrl: string): Finding {
  const { protocol, hostname } = new URL(publicUrl);
  if (loopback.test(hostname)) return ok('PUBLIC_URL is on this machine, where Google takes plain http');
  if (protocol !== 'https:')
    return failed('plain_http', 'PUBLIC_URL has to be https: Google takes plain http for localhost only');
  return isIP(hostname.replaceAll(/[[\]]/g, '')) === 0
    ? ok('PUBLIC_URL is https')
    : failed('bare_address', 'PUBLIC_URL has to have a name: Google takes no bare IP address');
}

/**
 * The client was presented with a refresh token that was made up: that the token is refused, and not the client, says
 * that id and secret are right. Which of the two is wrong, the authorization endpoint knows.
 */
export function clientCheck(outcome: RefreshOutcome, authorization: AuthorizationProbe): Finding {
  if (outcome.status === 'unavailable') return unanswered(outcome.reason);
  if (outcome.status === 'refreshed' || outcome.errorCode === 'INVALID_REFRESH_TOKEN')
    return ok('Google knows the client id, and its secret is right');
  if (outcome.errorCode !== 'INVALID_CLIENT')
    return unknown(outcome.reason, `Google answered ${outcome.reason}, which says nothing of the client`);
  if (outcome.reason !== 'invalid_client')
    return failed(outcome.reason, `Google answers ${outcome.reason}: see the client in Google's console`);
  return isKnown(authorization)
    ? failed('wrong_secret', 'Google knows the client id; the secret is wrong')
    : isUnknownClient(authorization)
      ? failed('unknown_client', 'Google does not know the client id')
      : failed('invalid_client', 'Google does not accept the client: its id or its secret is wrong');
}

function isKnown({ status, ...probe }: AuthorizationProbe): boolean {
  return status === 'accepted' || ('code' in probe && probe.code === 'redirect_uri_mismatch');
}

function isUnknownClient(probe: AuthorizationProbe): boolean {
  return probe.status === 'refused' && probe.code === 'invalid_client';
}

/** Whether the authorization endpoint sends on to the sign-in, or says that it does not know the redirect URI. */
export function redirectUriCheck(probe: AuthorizationProbe, redirectUri: string): Finding {
  switch (probe.status) {
    case 'accepted':
      return ok('The redirect URI is registered');
    case 'refused':
      return probe.code === 'redirect_uri_mismatch'
        ? failed(
            probe.code,
            `Add ${redirectUri}, exactly so, to the authorized redirect URIs of the client in Google's console`,
          )
        : unknown(probe.code, `Google answered ${probe.code} before it looked at the redirect URI`);
    case 'unclear':
      return unknown('unclear_answer', "The answer of Google does not tell: compare it in Google's console");
    case 'unavailable':
      return unanswered(probe.reason);
  }
}

function unanswered(reason: string): Finding {
  return unknown(reason, 'Google did not answer: try again shortly');
}

/** More than a round trip and the whole seconds of the header can make up. */
const toleratedSkewSeconds = 60;

/** Signed statements of Google's are good for minutes, by its clock. */
export function clockCheck(probe: AuthorizationProbe, ownTimeMs: number): Finding {
  const googleMs = probe.status === 'unavailable' ? null : probe.serverTimeMs;
  if (googleMs === null) return unknown('no_date', 'Google did not tell its time');
  const seconds = Math.round((ownTimeMs - googleMs) / 1_000);
  if (Math.abs(seconds) <= toleratedSkewSeconds) return ok("The database's clock and Google's agree");
  const direction = seconds > 0 ? 'ahead of' : 'behind';
  return failed(
    'clock_skew',
    `The database's clock is ${Math.abs(seconds)} seconds ${direction} Google's: synchronize it`,
  );
}

/** A mailbox that was connected with the client, the one of the latest consent. */
export interface ConnectedMailbox {
  /** What its instance asks for and was not granted, by short names. */
  missingScopes: readonly string[];
  /** When Google ends its grant by itself; null when it did not say so. */
  grantExpiresAt: Date | null;
  /** What Gmail answered to it. */
  gmail: { status: 'answered' } | { status: 'failed'; errorCode: ErrorCode; reason: string | null };
}

export function gmailApiCheck(mailbox: ConnectedMailbox | null): Finding {
  if (mailbox === null) return waiting;
  const { gmail } = mailbox;
  if (gmail.status === 'answered') return ok('Gmail answers for a connected mailbox');
  if (gmail.reason === 'accessNotConfigured')
    return failed('api_disabled', 'Enable the Gmail API in the Google Cloud project of the client');
  return unknown(
    gmail.reason ?? gmail.errorCode,
    'Gmail did not answer for a connected mailbox, for a reason of that mailbox or of the moment',
  );
}

export function scopesCheck(mailbox: ConnectedMailbox | null): Finding {
  if (mailbox === null) return waiting;
  return mailbox.missingScopes.length === 0
    ? ok('The latest consent granted all that was asked for')
    : failed(
        'scope_missing',
        `The latest consent did not grant ${mailbox.missingScopes.join(', ')}: see that the consent screen has these scopes, and that they were ticked`,
      );
}

/**
 * The trap of an application in "Testing": its grants end after seven days, and the token endpoint says so
 * (https://developers.google.com/identity/protocols/oauth2#expiration).
 */
export function publishingStatusCheck(mailbox: ConnectedMailbox | null): Finding {
  if (mailbox === null) return waiting;
  return mailbox.grantExpiresAt === null
    ? ok('Google sets no end to grants')
    : failed(
        'grants_expire',
        'Google ends each grant after a few days: the consent screen is in "Testing" - publish the app, or make it internal',
      );
}
