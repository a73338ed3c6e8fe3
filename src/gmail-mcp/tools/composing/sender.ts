import { EvergrantError } from '../../../errors/index.js';
import {
  type BothForms,
  type MailboxAddress,
  ownAddressKey,
  OwnAddresses,
  parseMailboxAddress,
  type SendAs,
} from '../../../gmail/index.js';
import type { ToolContext } from '../define-tool.js';

/** Whom a mail is from. */
export interface Sender {
  from: string | null;
  fromName?: string;
  replyTo?: MailboxAddress;
  signature?: BothForms;
}

/** What the arguments say of it. */
interface SenderArguments {
  from?: string | undefined;
  signature?: boolean | undefined;
}

/**
 * The account, or an address of its own that it may send as, with what its settings say of that.
 * @throws EvergrantError `VALIDATION_FAILED` naming `from`, with the addresses there are; `INSUFFICIENT_SCOPE` where the
 * settings are needed and may not be read
 */
export async function senderOf(
  { from, signature = false }: SenderArguments,
  context: ToolContext,
): Promise<Sender> {
  const { email } = context.instance;
  const isAccount =
    from === undefined || (email !== null && ownAddressKey(bare(from)) === ownAddressKey(email));
  if (isAccount && !signature) return { from: email };
  const all = (await context.mailbox.listSendAs()).filter(isVerified);
  const wanted = from ?? email;
  const chosen = all.find(({ sendAsEmail, isPrimary }) =>
    wanted === null ? isPrimary : ownAddressKey(sendAsEmail) === ownAddressKey(bare(wanted)),
  );
  if (chosen === undefined) throw notOwn(all);
  const replyTo = parseMailboxAddress(chosen.replyToAddress);
  return {
    from: chosen.sendAsEmail,
    fromName: chosen.displayName,
    ...(replyTo !== null && { replyTo }),
    ...(signature && chosen.signature !== '' && { signature: await bothForms(chosen.signature, context) }),
  };
}

/** What stands in a mail that its writer has not given, as text and as HTML. */
export function addedTexts(quoted: BothForms | undefined, { signature }: Sender): string[] {
  return [quoted, signature].flatMap((each) => (each === undefined ? [] : [each.text, each.html]));
}

/** The addresses of the mailbox, as far as the grant lets them be known. */
export async function ownAddresses({ mailbox, instance }: ToolContext): Promise<OwnAddresses> {
  const others = await mailbox.listSendAs().catch((error: unknown) => {
    if (error instanceof EvergrantError && error.code === 'INSUFFICIENT_SCOPE') return [];
    throw error;
  });
  return new OwnAddresses([instance.email, ...others.filter(isVerified).map((each) => each.sendAsEmail)]);
}

/** Of the account's own address Gmail says nothing. */
function isVerified({ isPrimary, verificationStatus }: SendAs): boolean {
  return isPrimary || verificationStatus === undefined || verificationStatus === 'accepted';
}

function bare(address: string): string {
  return parseMailboxAddress(address)?.address ?? address;
}

function notOwn(all: readonly SendAs[]): EvergrantError {
  const addresses = all.map(({ sendAsEmail }) => sendAsEmail).join(', ');
  return new EvergrantError('VALIDATION_FAILED', {
    field: 'from',
    message: `This mailbox may not send from the address in "from", only from: ${addresses}`,
  });
}

async function bothForms(html: string, { reader, instance }: ToolContext): Promise<BothForms> {
  const { body } = await reader.read({
    ...{ id: instance.id, threadId: '', labelIds: [], snippet: '' },
    payload: {
      ...{ mimeType: 'text/html', filename: '', parts: [] },
      headers: [{ name: 'Content-Type', value: 'text/html; charset=utf-8' }],
      body: { size: html.length, data: Buffer.from(html).toString('base64url') },
    },
  });
  return { text: body.text, html };
}
