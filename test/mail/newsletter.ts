import { createHash } from 'node:crypto';

interface Article {
  title: string;
  text: string;
}

const articles: readonly Article[] = [
  {
    title: 'The port opens its new quay in March',
    text: 'After four years of work the northern quay takes its first ships on 14 March. It is 900 metres long, and deep enough for vessels that had to wait for the tide until now. The old quay becomes a park.',
  },
  {
    title: 'Rents rise more slowly than wages',
    text: 'For the first time since 2019 wages have grown faster than rents in the city, says the statistical office. The gap is small, 0.4 percent, and hardly felt by those who moved in the last two years.',
  },
  {
    title: 'What the budget means for schools',
    text: 'The council voted for 22 million more on Tuesday. Most of it goes into roofs and heating; 3 million pay for teachers of music and sports. We list what each of the 41 schools gets, and when.',
  },
  {
    title: 'A baker who mills his own flour',
    text: 'Tom Leclerc bought a mill from 1911, took it apart and put it into his cellar. His loaves cost a third more than those of the supermarket, and are sold out by ten. We went down with him.',
  },
  {
    title: 'Night trains to the south are back',
    text: 'From 1 June a sleeper leaves the central station at 21:40 and is in Milan at 9:15. Tickets are sold from Monday at noon, the cheapest for 49 euros. Bicycles travel along for another ten.',
  },
  {
    title: 'How the hospital was held to ransom',
    text: 'For nine days in autumn doctors wrote on paper. The report that came out this week says how the attackers got in: by a mail with an invoice, opened on a computer that should have been replaced.',
  },
  {
    title: 'Three walks for a wet Sunday',
    text: 'Along the canal to the lock keeper, through the beeches behind the abbey, or once around the lake with an umbrella: none takes longer than two hours, and each ends where there is something warm to drink.',
  },
  {
    title: 'The library lends out more than books',
    text: 'Drills, sewing machines, a telescope: 340 things can be borrowed for a week with the card that you have. The most wanted one is the carpet cleaner, for which there is a list of 60 names.',
  },
  {
    title: 'Chess club wins where nobody expected it',
    text: 'With an average age of 17 the team from the northern quarter beat the champions five to three. Their trainer is a bus driver, and says that he lost to all of them years ago.',
  },
  {
    title: 'Why the river smells in August',
    text: 'It is algae, not sewage, write the biologists in their study of five summers. Warm water and little rain let them grow. Trees on the banks would help, and would take ten years to do so.',
  },
  {
    title: 'Your letters about the tram',
    text: 'We asked whether line 7 should stop at night. Of 412 answers 290 were against it, many from people who work in the hospital. Seven readers offered to drive it themselves, should that be of help.',
  },
  {
    title: 'Quiz: how well do you know the town hall?',
    text: 'How many steps has its tower, who hid in it in 1944, and what was sold in the cellar until last year? Ten questions, and among those who know all the answers we draw five dinners for two.',
  },
];

/** As a service for newsletters writes them: 200 to 400 characters, each link its own. */
export function trackingUrl(name: string): string {
  const digest = (salt: string): string =>
    createHash('sha512').update(`${salt} ${name}`).digest('base64url').replaceAll('_', '-2B');
  const length = 130 + (createHash('sha512').update(name).digest()[0] ?? 0) / 2;
  const code = `${digest('a')}${digest('b')}${digest('c')}`.slice(0, length);
  return `https://click.daily-letter.example/ls/click?upn=u001.${code}&e=${digest('reader').slice(0, 32)}`;
}

const preheader = `<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">The quay, the rents, and ten questions about the town hall${'&#847;&zwnj;&nbsp;'.repeat(120)}</div>`;
const openPixel =
  '<img src="https://click.daily-letter.example/wf/open?upn=u001.x" width="1" height="1" alt="" style="height:1px;width:1px">';

function linked(name: string, content: string): string {
  return `<a href="${trackingUrl(name).replaceAll('&', '&amp;')}" style="color:#10243e;text-decoration:none" target="_blank">${content}</a>`;
}

/** A picture, a heading, some lines and a button; picture and heading lead to the same. */
function articleHtml({ title, text }: Article, index: number): string {
  const picture = `<img src="https://img.daily-letter.example/2026/${index}.jpg" width="560" style="display:block" alt="">`;
  const button = `<table role="presentation" cellpadding="0" cellspacing="0"><tr><td bgcolor="#c8102e" style="border-radius:4px;padding:8px 16px">${linked(`more ${index}`, '<span style="color:#ffffff">Read more</span>')}</td></tr></table>`;
  return `<tr><td style="padding:16px">${linked(`article ${index}`, picture)}</td></tr>
<tr><td style="padding:0 16px"><h2 style="margin:0;font:700 20px Georgia,serif">${linked(`article ${index}`, title)}</h2><p style="font:16px/1.5 Georgia,serif">${text}</p>${button}</td></tr>`;
}

const footer = `<tr><td align="center" style="font:12px Arial;color:#555555;padding:24px">
${['Facebook', 'Instagram', 'LinkedIn'].map((name) => linked(name, `<img src="https://img.daily-letter.example/${name}.png" width="24" height="24" alt="${name}">`)).join(' ')}
<p>You get this letter since you subscribed to it at daily-letter.example.</p>
<p>${linked('unsubscribe', 'Unsubscribe')} · ${linked('preferences', 'Preferences')} · ${linked('privacy', 'Privacy')}</p>
<p>The Daily Letter, 12 Quay Street, 1000 Harbour</p></td></tr>`;

const html = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>The Daily Letter</title><style>body{margin:0} .x{color:#000} @media (max-width:600px){.w{width:100%!important}}</style></head><body>${preheader}
<table role="presentation" width="100%"><tr><td align="center"><table role="presentation" class="w" width="600">
<tr><td align="right" style="font:12px Arial">${linked('browser', 'View in browser')}</td></tr>
<tr><td align="center">${linked('home', '<img src="https://img.daily-letter.example/logo.png" width="240" alt="The Daily Letter">')}</td></tr>
<tr><td style="padding:16px"><p>Good morning, Bob. Here is what happened this week, in twelve stories.</p></td></tr>
${articles.map(articleHtml).join('\n')}
${footer}
</table></td></tr></table>${openPixel}</body></html>`;

const plain = articles
  .map(({ title, text }, index) => `${title}\n${text}\nRead more: ${trackingUrl(`more ${index}`)}\n`)
  .join('\n');

/** A newsletter of twelve articles, as a service for newsletters sends it: raw, by RFC 5322. */
export const newsletter = Buffer.from(
  [
    'From: The Daily Letter <letter@daily-letter.example>',
    'To: bob@reader.example',
    'Subject: The new quay, night trains, and a quiz',
    'Date: Mon, 5 Jan 2026 06:00:00 +0000',
    'Message-ID: <letter-2026-01@daily-letter.example>',
    `List-Unsubscribe: <${trackingUrl('list-unsubscribe')}>, <mailto:unsubscribe@daily-letter.example?subject=leave>`,
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset=utf-8',
    '',
    plain,
    '--b1',
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
    '--b1--',
    '',
  ].join('\r\n'),
);

/** What a reader of it must learn: each title, and where each button leads. */
export const newsletterLinks = articles.map(({ title }, index) => ({
  title,
  url: trackingUrl(`more ${index}`),
}));
