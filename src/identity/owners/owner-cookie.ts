import { Inject, Injectable } from '@nestjs/common';
import { BrowserCookie } from './browser-cookie.js';
import { IdentityOptions } from '../identity-options.js';
import { ownerSessionLifeSeconds } from './owner-sessions.js';

/** Of a browser whose person has shown to own a mailbox. */
@Injectable()
export class OwnerCookie extends BrowserCookie {
  constructor(@Inject(IdentityOptions) { publicUrl }: IdentityOptions) {
    super(publicUrl, 'evergrant_owner', ownerSessionLifeSeconds);
  }
}
