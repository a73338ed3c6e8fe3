import { Reflector } from '@nestjs/core';

/** What a route does, in the few words that head it in the OpenAPI document. */
export const Summary = Reflector.createDecorator<string>();
