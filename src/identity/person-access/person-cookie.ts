import { Inject, Injectable } from '@nestjs/common';
import { BrowserCookie } from '../owners/browser-cookie.js';
import { IdentityOptions } from '../identity-options.js';
import { personSessionLifeSeconds } from './person-sessions.js';

/** Of a browser in which a person is signed in. */
@Injectable()
export class PersonCookie extends BrowserCookie {
  constructor(@Inject(IdentityOptions) { publicUrl }: IdentityOptions) {
    super(publicUrl, 'evergrant_person', personSessionLifeSeconds);
  }
}
