import { trackingUrl } from './newsletter.js';

const people = ['Ada Miller', 'Tom Peeters', 'Chen Wei'] as const;

/** What each of twenty answers says itself; some refer to a document by its long URL. */
const said: readonly string[] = [
  'Shall we hold the spring meeting in Ghent this year? The hall by the canal is free from 12 to 14 May, and costs less than last year. {plan}',
  'Good idea. From Leuven it is an hour by train, and there are two hotels next to the station. How many of us will come?',
  'I counted 46 who said yes so far. With speakers and guests we should plan for 60, as in the year before.',
  '60 is what the hall holds with tables. If more come we have to take the chairs only, or the large room upstairs.',
  'The large room costs 400 more a day. I would rather close the list at 60, and say so in the invitation.',
  'Agreed. Who writes the invitation? I have the one of last year and can send it round tonight.',
  'Please do, Tom. I take care of the programme: two talks on Tuesday, the workshops on Wednesday, the walk on Thursday. {plan}',
  'Here is the draft of the invitation. Dates and prices are marked yellow, they need a second look. {draft}',
  'Looks fine. I would put the price for students first, since half of those who ask are students.',
  'Done. The caterer asks for the number of vegetarians by 20 April. Do we know it?',
  'Last year it was 22 of 58. Let us say 25 and correct it a week before.',
  'I called them: they can change it until 5 May without charge, so 25 is fine for now.',
  'Anna Verhoeven would speak on Tuesday, but only after 15:00. Can we swap the two talks?',
  'Yes, Luc does not mind being first. I have changed the plan, please look at Tuesday again. {plan}',
  'The slot after 15:00 collides with the tour of the archive. Should we move the tour to Wednesday morning?',
  'Wednesday at 9:00 works for the archive, I asked. It ends at 10:30, so the workshops begin at 11:00.',
  'Then lunch must be at 13:00 and not at 12:30. I tell the caterer.',
  'I have booked the hall and paid the deposit of 600. The receipt is in our folder. {folder}',
  'Great, thank you. The invitation goes out on Monday at noon unless somebody objects until Sunday evening.',
  'No objection from me. Let us speak on Thursday at 10:00 for a quarter of an hour and go through the list once more.',
];

const documents: Readonly<Record<string, string>> = {
  plan: 'https://docs.google.com/spreadsheets/d/1xQ7vKp0ZrT5nWm3YbLs9Hc2Jd8Fg4Ae6Ui1Oy0Tt5/edit?usp=sharing&ouid=104857600123456789012&rtpof=true&sd=true#gid=1842093377',
  draft:
    'https://docs.google.com/document/d/1aB2cD3eF4gH5iJ6kL7mN8oP9qR0sT1uV2wX3yZ4a5b6/edit?usp=sharing&ouid=104857600123456789012&rtpof=true&sd=true',
  folder:
    'https://drive.google.com/drive/folders/1Zz9Yy8Xx7Ww6Vv5Uu4Tt3Ss2Rr1Qq0Pp?usp=sharing_eip_m&ts=663b1f2a&resourcekey=0-abcDEF123',
};

function withLinks(text: string): string {
  return text.replaceAll(
    /\{(\w+)\}/g,
    (_match, name: string) =>
      `See <a href="${(documents[name] ?? '').replaceAll('&', '&amp;')}" target="_blank">the ${name}</a>.`,
  );
}

function signature(name: string): string {
  const url = trackingUrl(`signature of ${name}`).replaceAll('&', '&amp;');
  return `<div><br></div>-- <br><div dir="ltr" class="gmail_signature"><b>${name}</b><br>Society for Old Maps<br><a href="${url}">Our new catalogue</a></div>`;
}

interface Answer {
  id: string;
  name: string;
  address: string;
  date: Date;
  html: string;
}

/** As Gmail quotes what is answered. */
function quoteOf({ name, address, date, html }: Answer): string {
  const attribution = `On ${date.toUTCString().slice(0, 22)} ${name} &lt;<a href="mailto:${address}">${address}</a>&gt; wrote:<br>`;
  return `<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${attribution}</div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${html}</blockquote></div>`;
}

function answers(): Answer[] {
  const all: Answer[] = [];
  for (const [index, text] of said.entries()) {
    const name = people[index % people.length] ?? people[0];
    const address = `${name.split(' ')[0]?.toLowerCase()}@oldmaps.example`;
    const before = all.at(-1);
    const quote = before === undefined ? '' : quoteOf(before);
    all.push({
      id: `r${index + 1}`,
      ...{ name, address },
      date: new Date(Date.UTC(2026, 2, 2 + index, 9, 12 + index)),
      html: `<div dir="ltr"><div>${withLinks(text)}</div>${signature(name)}</div>${quote}`,
    });
  }
  return all;
}

/** Twenty answers to one another with signatures and long links, each quoting all before, raw, by RFC 5322. */
export const longThread = answers().map(({ id, name, address, date, html }) => ({
  id,
  mail: Buffer.from(
    [
      `From: ${name} <${address}>`,
      'To: Spring meeting <spring@oldmaps.example>',
      `Subject: ${id === 'r1' ? '' : 'Re: '}Spring meeting`,
      `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: <${id}@oldmaps.example>`,
      'MIME-Version: 1.0',
      'Content-Type: text/html; charset=utf-8',
      '',
      html,
    ].join('\r\n'),
  ),
}));

/** What each of them says itself, without the links. */
export const saidInThread = said.map((text) => text.replaceAll(/ ?\{\w+\}/g, ''));
