import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PersonCookie } from './person-cookie.js';
import { PersonSessions, type SignedInPerson } from './person-sessions.js';

/** A browser in which a person is signed in. */
export interface SignedInBrowser {
  person: SignedInPerson;
  /** Of the session: what a page gives them, no other browser has. */
  secret: string;
}

/** Tells whose browser it is. */
@Injectable()
export class SignedInBrowsers {
  constructor(
    private readonly cookie: PersonCookie,
    private readonly sessions: PersonSessions,
  ) {}

  /** Null without a session that is good now. */
  async of(request: FastifyRequest): Promise<SignedInBrowser | null> {
    const secret = this.cookie.read(request);
    const person = secret === undefined ? null : await this.sessions.verify(secret);
    return secret === undefined || person === null ? null : { person, secret };
  }

  /** Ends the session, if there is one, and takes the cookie away. */
  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const secret = this.cookie.read(request);
    if (secret !== undefined) await this.sessions.close(secret);
    this.cookie.clear(reply);
  }
}
