import type { MailInput } from '../../sandbox/mail/mail.js';

/** What a mail of the fixtures is made of; HTML beside the text is made of the same. */
interface Written {
  from: string;
  to?: string;
  subject: string;
  /** Before now. */
  hoursAgo: number;
  paragraphs: readonly string[];
  messageId?: string;
  inReplyTo?: string;
  labelIds?: string[];
  /** What it answers, quoted below. */
  quoted?: { line: string; text: string; html: string };
  pdf?: { fileName: string; bytes: Buffer };
}

export const owner = 'Ada Lovelace';
const priya = 'Priya Raman <priya@crew.example>';
export const contract = {
  fileName: 'lease-2027.pdf',
  bytes: Buffer.from(`%PDF-1.4\n${'lease '.repeat(9_000)}\n%%EOF\n`),
};

/** As mail programs write it: text and HTML beside each other, with what is answered below. */
function written({
  paragraphs,
  quoted,
  pdf,
  hoursAgo,
  ...head
}: Written): MailInput & { text: string; html: string } {
  const text = [
    paragraphs.join('\n\n'),
    ...(quoted ? [`${quoted.line}\n${quoted.text.replaceAll(/^/gm, '> ')}`] : []),
  ].join('\n\n');
  const own = paragraphs
    .map((each) => `<p style="margin:0 0 12px;font-family:Arial,sans-serif">${each}</p>`)
    .join('');
  const below = quoted
    ? `<div class="gmail_quote"><div dir="ltr" class="gmail_attr">${quoted.line}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">${quoted.html}</blockquote></div>`
    : '';
  const html = `<div dir="ltr">${own}</div>${below}`;
  const readable = {
    contentType: 'multipart/alternative' as const,
    parts: [
      { contentType: 'text/plain' as const, text },
      { contentType: 'text/html' as const, text: html },
    ],
  };
  const file = pdf && {
    ...{ contentType: 'application/pdf', fileName: pdf.fileName },
    contentBase64: pdf.bytes.toString('base64'),
  };
  const body: MailInput['body'] = file
    ? { contentType: 'multipart/mixed', parts: [readable, file] }
    : readable;
  const date = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
  return { ...head, date, body, text, html };
}

/** What goes to the sandbox. */
function mailOf({ text: _text, html: _html, ...mail }: ReturnType<typeof written>): MailInput {
  return mail;
}

const office = [
  ['Priya', 'The landlord offers the fourth floor from March, 420 square metres for 18 euros a metre.'],
  ['Tom', 'Eighteen is two more than we pay now, and the heating there is on oil.'],
  ['Ada', 'Oil is out of the question for me, can they change it before we sign?'],
  ['Priya', 'They would put in a heat pump in summer, if we sign for five years.'],
  ['Lena', 'Five years is long, the team may be twice as large in three.'],
  ['Tom', 'There is an option on the fifth floor, free from January 2028.'],
  ['Ada', 'Then we should write the option into the contract, with a price.'],
  ['Priya', 'The price of the option would be the index of that year, at most 21 euros.'],
  ['Lena', 'Who pays for the move? The last one cost us 14,000 euros.'],
  ['Priya', 'The landlord pays half of the move, up to 8,000 euros.'],
  ['Tom', 'I have asked two movers: 12,300 euros and 15,900 euros.'],
  ['Ada', 'Please take the cheaper one, if they insure the laboratory.'],
  ['Tom', 'They do, up to a quarter of a million.'],
  ['Lena', 'The works council wants a quiet room and forty bicycle stands.'],
  ['Priya', 'Bicycle stands are there, sixty of them, and a shower in the cellar.'],
  ['Lena', 'The quiet room could be next to the kitchen, where the archive is drawn.'],
  ['Ada', 'Not beside the kitchen, please; take the room to the court.'],
  ['Tom', 'The room to the court has no network, cabling it costs 2,100 euros.'],
  ['Priya', 'That goes to the landlord, he has agreed on the phone today.'],
  ['Ada', 'Then I sign on Thursday, unless somebody objects until Wednesday noon.'],
] as const;

export const officeSubject = 'Moving to the Harbour Street office';
/** What was said, oldest first. */
export const officeFacts = office.map(([, fact]) => fact);

const people = {
  Priya: priya,
  Tom: 'Tom Vos <tom@crew.example>',
  Lena: 'Lena Brandt <lena@crew.example>',
};

/** A conversation in which everyone quotes all that was said before. */
export function officeThread(account: string): MailInput[] {
  const mails: MailInput[] = [];
  let quoted: Written['quoted'];
  for (const [index, [who, fact]] of office.entries()) {
    const isOwn = who === 'Ada';
    const from = isOwn ? `${owner} <${account}>` : people[who];
    const mail = written({
      ...{ from, subject: index === 0 ? officeSubject : `Re: ${officeSubject}`, hoursAgo: 400 - index * 9 },
      ...(isOwn && { to: 'office@crew.example', labelIds: ['SENT'] }),
      messageId: `<office-${index}@crew.example>`,
      ...(index > 0 && { inReplyTo: `<office-${index - 1}@crew.example>` }),
      paragraphs: ['Hello all,', fact, `Best regards<br>${who}`.replace('<br>', ', ')],
      ...(quoted && { quoted }),
    });
    mails.push(mailOf(mail));
    const [{ text, html }, line] = [mail, `On Mon, 2 Nov 2026 at 10:${10 + index}, ${from} wrote:`];
    quoted = { line, text, html };
  }
  return mails;
}

/** What Priya wrote, with hours and the fact that a reader is after; those of the last week first. */
export const priyaWrote = [
  {
    hoursAgo: 20,
    subject: 'Budget of the laboratory',
    fact: 'the laboratory needs 12,400 euros more for the new spectrometer',
  },
  { hoursAgo: 44, subject: 'Friday', fact: 'the review moves from Friday to Monday at eleven' },
  { hoursAgo: 70, subject: 'Candidates', fact: 'of the nine candidates I would invite Jun and Fatima' },
  {
    hoursAgo: 97,
    subject: 'Travel to Ghent',
    fact: 'the train leaves at 9:12 from platform four, with seats in coach 21',
  },
  {
    hoursAgo: 120,
    subject: 'Server room',
    fact: 'the second air conditioner failed on Sunday and is repaired by Thursday',
  },
  { hoursAgo: 150, subject: 'Talk', fact: 'my talk was accepted for the second day of the conference' },
  { hoursAgo: 400, subject: 'Old budget', fact: 'last year the laboratory had 9,000 euros' },
  { hoursAgo: 500, subject: 'Summer party', fact: 'the summer party is in the garden' },
] as const;
export const weekHours = 7 * 24;

export function mailsOfPriya(): MailInput[] {
  return priyaWrote.map(({ hoursAgo, subject, fact }) =>
    mailOf(
      written({
        ...{ from: priya, subject, hoursAgo },
        paragraphs: [
          'Dear Ada,',
          `a short note so that you know: ${fact}. I have told the others too, and put it into the minutes.`,
          'If there is anything that I have overlooked, let us talk about it over lunch; I am at my desk all week.',
          'Priya Raman, Head of Operations, Crew Ltd, 12 Harbour Street, +32 9 555 01 77',
        ],
      }),
    ),
  );
}

/** What lies in the inbox, and whether a person waits for an answer to it. */
export const inboxThreads = [
  {
    from: 'Jun Park <jun@clinic.example>',
    subject: 'Slides for Tuesday',
    says: 'Could you send me your slides until Monday evening?',
    isAsked: true,
  },
  {
    from: 'Rail Tickets <no-reply@rail.example>',
    subject: 'Your receipt',
    says: 'Thank you for travelling. Questions? Visit our help pages.',
    isAsked: false,
  },
  {
    from: 'Fatima Haddad <fatima@uni.example>',
    subject: 'Reference',
    says: 'Would you write me a reference for the grant? They need it by the 20th.',
    isAsked: true,
  },
  {
    from: 'Weekly Digest <newsletter@digest.example>',
    subject: 'Ten things about tea',
    says: 'Do you know which tea keeps longest? Read on.',
    isAsked: false,
  },
  {
    from: 'Building <caretaker@house.example>',
    subject: 'Lift',
    says: 'The lift is out of service on Saturday until noon.',
    isAsked: false,
  },
  {
    from: 'Marco Bassi <marco@supplier.example>',
    subject: 'Order 5531',
    says: 'Shall we deliver the filters to the old address or to Harbour Street?',
    isAsked: true,
  },
  {
    from: 'Ines Cruz <ines@school.example>',
    subject: 'Thank you',
    says: 'Thank you for the lovely afternoon, the children still talk about it.',
    isAsked: false,
  },
] as const;

/** One that was asked and has been answered already. */
const answeredSubject = 'Keys of the laboratory';

export function inboxMails(account: string): MailInput[] {
  const asked = written({
    ...{ from: 'Lena Brandt <lena@crew.example>', subject: answeredSubject, hoursAgo: 60 },
    ...{
      messageId: '<keys@crew.example>',
      paragraphs: ['Hi Ada,', 'who has the second key of the laboratory?', 'Lena'],
    },
  });
  const answer = written({
    ...{
      from: `${owner} <${account}>`,
      to: 'lena@crew.example',
      subject: `Re: ${answeredSubject}`,
      hoursAgo: 58,
    },
    ...{ labelIds: ['SENT'], messageId: '<keys-2@crew.example>', inReplyTo: '<keys@crew.example>' },
    paragraphs: ['Tom has it, shall I tell him to come over?', 'Ada'],
    quoted: { line: 'On Tue, Lena Brandt <lena@crew.example> wrote:', text: asked.text, html: asked.html },
  });
  const others = inboxThreads.map(({ from, subject, says }, index) =>
    mailOf(
      written({
        ...{ from, subject, hoursAgo: 30 + index * 5 },
        paragraphs: ['Dear Ada,', says, 'With kind regards'],
      }),
    ),
  );
  return [...others, mailOf(asked), mailOf(answer)];
}

export function mailWithContract(): MailInput {
  return mailOf(
    written({
      ...{
        from: 'Harbour Estates <office@harbour.example>',
        subject: 'Lease for 12 Harbour Street',
        hoursAgo: 90,
      },
      ...{
        paragraphs: ['Dear Ms Lovelace,', 'the lease is attached, please sign all three copies.'],
        pdf: contract,
      },
    }),
  );
}

/** What comes in a day. */
export const newMail = [
  { from: 'Jun Park <jun@clinic.example>', subject: 'Room changed', says: 'We meet in room 4.12 now.' },
  { from: 'Tom Vos <tom@crew.example>', subject: 'Parcel', says: 'A parcel for you is at the reception.' },
  {
    from: 'Finance <finance@crew.example>',
    subject: 'Expenses of October',
    says: 'Your expenses of 212.40 euros are paid.',
  },
] as const;

export function newMails(): MailInput[] {
  return newMail.map(({ from, subject, says }, index) =>
    mailOf(written({ from, subject, hoursAgo: 1 + index, paragraphs: ['Hi Ada,', says, 'Bye'] })),
  );
}
