import { errorBody, EvergrantError } from '../../errors/index.js';
import type { ToolRun } from '../calls/tool-run.js';
import { mailboxName } from '../naming/mailbox-name.js';
import type { OpenedInstance } from '../tool-permission.js';
import { mailboxArgument } from './listed-tools.js';
import type { MailboxChoice } from './mailbox-choice.js';

type Why = Extract<MailboxChoice<OpenedInstance>, { status: 'refused' }>['why'];

const sentences = {
  missing: 'is missing: several mailboxes are connected, so say which one',
  unknown: 'names no connected mailbox',
  ambiguous: 'names several mailboxes: give the instance id that list_mailboxes tells',
} as const satisfies Record<Exclude<Why, 'none_connected'>, string>;

/** Why a call is about no mailbox, with those that there are. */
export function mailboxRefusal(why: Why, mailboxes: readonly OpenedInstance[]): EvergrantError {
  if (why === 'none_connected')
    return new EvergrantError('OAUTH_FLOW_REQUIRED', {
      message: 'No mailbox is connected here - the user has to connect one: list_mailboxes tells how',
    });
  const names = mailboxes.map((each) => JSON.stringify(mailboxName(each)));
  return new EvergrantError('VALIDATION_FAILED', {
    field: mailboxArgument,
    reason: `mailbox_${why}`,
    message: `The argument "${mailboxArgument}" ${sentences[why]}. Connected: ${names.join(', ')}`,
  });
}

export function refusedRun(error: EvergrantError): ToolRun {
  return { status: 'refused', error: errorBody(error), quota: null };
}
