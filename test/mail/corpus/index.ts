import { type AwkwardMail } from '../awkward-mail.js';
import { addressMails } from './addresses.js';
import { calendarMails } from './calendars.js';
import { charsetMails } from './charsets.js';
import { dateMails } from './dates.js';
import { filenameMails } from './filenames.js';
import { htmlMails } from './html.js';
import { mixedMails } from './mixed.js';
import { senderMails } from './senders.js';
import { subjectMails } from './subjects.js';
import { textMails } from './texts.js';
import { treeMails } from './trees.js';

/** Awkward mails by what is awkward of them, each with its reading. */
export const corpus: Readonly<Record<string, readonly AwkwardMail[]>> = {
  'of many kinds': mixedMails,
  'of an odd charset': charsetMails,
  'with a broken subject': subjectMails,
  'with an odd date': dateMails,
  'with odd addresses': addressMails,
  'of a strange tree': treeMails,
  'with a file of an odd name': filenameMails,
  'with more than text in its text': textMails,
  'with a calendar': calendarMails,
  'from a doubtful sender': senderMails,
  'of broken HTML': htmlMails,
};
