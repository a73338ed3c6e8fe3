import type { z } from 'zod';
import { type SendAs, sendAsAnswer } from '../client/answers.js';
import type { MailboxRequests } from '../client/mailbox-requests.js';
import { methodScopes } from '../method-scopes.js';
import type { GmailMethod } from '../quota/unit-costs.js';
import { applySetting, isSetSo, type OutboundSetting } from './outbound-settings.js';
import {
  forwardingAddressListAnswer,
  type ForwardingAddress,
  forwardingAnswer,
  type Forwarding,
  imapAnswer,
  type Imap,
  languageAnswer,
  popAnswer,
  type Pop,
  type Vacation,
  vacationAnswer,
} from './setting-answers.js';

/**
 * What the owner of one mailbox has set, all of it the same however often it is set.
 * https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings
 * Every method throws as those of `Mailbox` do; `FORBIDDEN` with the reason `domainWideDelegation` for what Google lets
 * service accounts alone change.
 */
export class Settings {
  constructor(private readonly requests: MailboxRequests) {}

  async getVacation(): Promise<Vacation> {
    return this.get(vacationAnswer, 'vacation', 'settings.getVacation');
  }

  /** Puts all of it in the place of what there was (`users.settings.updateVacation`). */
  async updateVacation(vacation: Partial<Vacation>): Promise<Vacation> {
    return this.requests.change(
      vacationAnswer,
      { verb: 'PUT', path: 'settings/vacation', body: vacation },
      { name: 'settings.updateVacation', scopes: methodScopes.changeSettings },
    );
  }

  /** `html` is sanitized by Gmail (`users.settings.sendAs.patch`). @throws EvergrantError `NOT_FOUND` */
  async updateSignature(sendAsEmail: string, html: string): Promise<SendAs> {
    const path = `settings/sendAs/${encodeURIComponent(sendAsEmail)}`;
    return this.requests.change(
      sendAsAnswer,
      { verb: 'PATCH', path, body: { signature: html } },
      { name: 'settings.sendAs.patch', scopes: methodScopes.changeSendAs },
    );
  }

  async getForwarding(): Promise<Forwarding> {
    return this.get(forwardingAnswer, 'autoForwarding', 'settings.getAutoForwarding');
  }

  /** @throws EvergrantError `VALIDATION_FAILED` for an address that is not verified */
  async updateForwarding(forwarding: Forwarding): Promise<Forwarding> {
    return this.requests.change(
      forwardingAnswer,
      { verb: 'PUT', path: 'settings/autoForwarding', body: forwarding },
      { name: 'settings.updateAutoForwarding', scopes: methodScopes.shareSettings },
    );
  }

  async listForwardingAddresses(): Promise<ForwardingAddress[]> {
    const list = 'settings.forwardingAddresses.list';
    return (await this.get(forwardingAddressListAnswer, 'forwardingAddresses', list)).forwardingAddresses;
  }

  async getImap(): Promise<Imap> {
    return this.get(imapAnswer, 'imap', 'settings.getImap');
  }

  async getPop(): Promise<Pop> {
    return this.get(popAnswer, 'pop', 'settings.getPop');
  }

  /** A language tag (RFC 3066), as `en-GB`. */
  async getLanguage(): Promise<string> {
    return (await this.get(languageAnswer, 'language', 'settings.getLanguage')).displayLanguage;
  }

  /** Sets what lets mail leave by itself, as an act that was decided on: see {@link applySetting}. */
  async apply(setting: OutboundSetting): Promise<void> {
    await applySetting(this.requests, setting);
  }

  /** Whether the mailbox has it so already. */
  async isSetSo(setting: OutboundSetting): Promise<boolean> {
    return isSetSo(this.requests, setting);
  }

  private get<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    name: GmailMethod,
  ): Promise<z.output<Schema>> {
    return this.requests.get(schema, `settings/${path}`, { name, scopes: methodScopes.readSettings });
  }
}
