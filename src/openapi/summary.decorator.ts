import { Reflector } from '@nestjs/core';

/** What {@link Summary} was told. */
export interface RouteSummary {
  summary: string;
  description?: string | undefined;
}

/** Where {@link Summary} keeps it. */
export const routeSummary = Reflector.createDecorator<RouteSummary>();

/** What a route does, in the few words that head it in the OpenAPI document, and in the sentences under them. */
export function Summary(summary: string, description?: string): MethodDecorator {
  return routeSummary({ summary, description });
}
