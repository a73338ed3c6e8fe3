import { ConfigurationError } from '../../config/index.js';

/**
 * Quota units that a method of the Gmail API costs, by its name without `users.`; the methods are those that are called
 * here. "Per-method quota usage", https://developers.google.com/workspace/gmail/api/reference/quota (2026-05-01).
 */
export const defaultUnitCosts = {
  getProfile: 1,
  'labels.list': 1,
  'settings.filters.list': 1,
  'settings.filters.get': 1,
  'settings.sendAs.list': 1,
  'history.list': 2,
  'messages.list': 5,
  'settings.filters.create': 5,
  'settings.filters.delete': 5,
  'labels.create': 5,
  'labels.patch': 5,
  'labels.delete': 5,
  'messages.modify': 5,
  'threads.list': 10,
  'threads.modify': 10,
  'messages.delete': 10,
  'drafts.create': 10,
  'drafts.delete': 10,
  'drafts.list': 5,
  'drafts.update': 15,
  'drafts.get': 20,
  'messages.trash': 20,
  'messages.untrash': 20,
  'threads.trash': 20,
  'threads.untrash': 20,
  'drafts.send': 100,
  'messages.get': 20,
  'messages.attachments.get': 20,
  'threads.get': 40,
  stop: 50,
  'messages.batchModify': 50,
  'messages.batchDelete': 50,
  'messages.send': 100,
  'settings.getVacation': 1,
  'settings.getAutoForwarding': 1,
  'settings.getImap': 1,
  'settings.getPop': 1,
  'settings.getLanguage': 1,
  'settings.forwardingAddresses.list': 1,
  'settings.updateVacation': 5,
  'settings.updateAutoForwarding': 5,
  'settings.sendAs.patch': 100,
  watch: 100,
} as const satisfies Record<string, number>;

export type GmailMethod = keyof typeof defaultUnitCosts;
export type UnitCosts = Readonly<Record<GmailMethod, number>>;
export const gmailMethods = Object.keys(defaultUnitCosts) as GmailMethod[];

/**
 * Google's costs, but where the operator has been told others.
 * @throws ConfigurationError for a method that is not called here, which would be a slip
 */
export function unitCosts(others: Readonly<Record<string, number>> = {}): UnitCosts {
  const unknown = Object.keys(others).find((name) => !Object.hasOwn(defaultUnitCosts, name));
  if (unknown === undefined) return { ...defaultUnitCosts, ...others };
  throw new ConfigurationError('GMAIL_QUOTA_UNIT_COSTS', `may name ${gmailMethods.join(', ')}`);
}
