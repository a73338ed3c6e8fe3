import { Reflector } from '@nestjs/core';

/** Who may call a route: every client, the holder of an API key, of a console session as well, or of a connect session too. */
export type Access = 'open' | 'key' | 'key-or-session' | 'key-session-or-connect-session';

/**
 * Tells the OpenAPI document who may call a route, or all routes of a controller; without it `key-or-session`.
 * It guards nothing: a test compares the document with what the guards do.
 */
export const AccessFor = Reflector.createDecorator<Access>();
