import { z } from 'zod';
import { recipientsOf, type OutboundAct, type SettingAct } from '../acts/outbound-act.js';
import type { CopiedFact, OutboundFacts, RecipientFact, VacationFacts } from '../rules/outbound-facts.js';
import type { SecretFinding } from '../secrets/secret-finding.js';

/** What an act is decided on by. @param findings of the secret check @param copied of the memory of what was read */
export function factsOfAct(
  act: OutboundAct,
  recipients: readonly RecipientFact[],
  findings: readonly SecretFinding[],
  copied: readonly CopiedFact[],
): OutboundFacts {
  if ('message' in act) {
    const { kind, message } = act;
    return {
      kind,
      recipients: kind === 'unsubscribe' ? askedFor(recipients) : recipients,
      files: message.files,
      findings,
      copied,
    };
  }
  if (act.kind === 'vacation') return { kind: act.kind, audience: audienceOf(act), findings, copied };
  return { kind: act.kind, recipients };
}

/** Those of an act of whom nothing was asked, since nothing depends on it. */
export function unaskedRecipients(act: OutboundAct): RecipientFact[] {
  return recipientsOf(act).map((address) => ({ address, standing: 'new', inConversation: false }));
}

/** A list's own mail names the address to unsubscribe at: its owner has written. */
function askedFor(recipients: readonly RecipientFact[]): RecipientFact[] {
  return recipients.map(({ address }) => ({ address, standing: 'heard_from', inConversation: true }));
}

/** As `users.settings.updateVacation` has it. */
const vacationBody = z.object({
  restrictToContacts: z.boolean().optional(),
  restrictToDomain: z.boolean().optional(),
});

function audienceOf({ request }: SettingAct): VacationFacts['audience'] {
  const { data } = vacationBody.safeParse(request.body);
  if (data?.restrictToDomain === true) return 'domain';
  return data?.restrictToContacts === true ? 'contacts' : 'anyone';
}
