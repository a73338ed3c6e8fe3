import { z } from 'zod';

/** Milliseconds since the epoch, as a decimal string. */
const millis = z.string().optional();

/** `VacationSettings`; the HTML counts where both bodies are there. */
export const vacationAnswer = z.object({
  enableAutoReply: z.boolean().default(false),
  responseSubject: z.string().default(''),
  responseBodyPlainText: z.string().default(''),
  responseBodyHtml: z.string().default(''),
  restrictToContacts: z.boolean().default(false),
  restrictToDomain: z.boolean().default(false),
  startTime: millis,
  endTime: millis,
});
export type Vacation = z.infer<typeof vacationAnswer>;

/** `AutoForwarding`. */
export const forwardingAnswer = z.object({
  enabled: z.boolean().default(false),
  emailAddress: z.string().optional(),
  disposition: z.string().optional(),
});
export type Forwarding = z.infer<typeof forwardingAnswer>;

export const forwardingAddressListAnswer = z.object({
  forwardingAddresses: z
    .array(z.object({ forwardingEmail: z.string(), verificationStatus: z.string().default('') }))
    .default([]),
});
export type ForwardingAddress = z.infer<typeof forwardingAddressListAnswer>['forwardingAddresses'][number];

export const imapAnswer = z.object({
  enabled: z.boolean().default(false),
  autoExpunge: z.boolean().default(false),
  expungeBehavior: z.string().optional(),
  maxFolderSize: z.number().default(0),
});
export type Imap = z.infer<typeof imapAnswer>;

export const popAnswer = z.object({
  accessWindow: z.string().optional(),
  disposition: z.string().optional(),
});
export type Pop = z.infer<typeof popAnswer>;

export const languageAnswer = z.object({ displayLanguage: z.string() });
