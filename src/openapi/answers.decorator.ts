import { Reflector } from '@nestjs/core';
import type { z } from 'zod';

/** An answer whose body is no JSON. */
export interface MediaAnswer {
  mediaType: string;
  description: string;
  /** What it consists of: of a stream, one of its events. */
  schema?: z.ZodType;
}

/** A JSON body, which has a name (`.meta({ id })`); no body but a sentence about it; or another kind of body. */
export type RouteAnswer = z.ZodType | string | MediaAnswer;

/** Answers by HTTP status. */
export type RouteAnswers = Readonly<Record<number, RouteAnswer>>;

type BodyOf<Answer> = Answer extends z.ZodType
  ? z.output<Answer>
  : Answer extends string
    ? // What has no body is answered by a handler that returns nothing.
      // eslint-disable-next-line @typescript-eslint/no-invalid-void-type
      void
    : unknown;

type HandlerOf<Answers extends RouteAnswers> = (
  ...parameters: never[]
) => Promise<BodyOf<Answers[keyof Answers]>> | BodyOf<Answers[keyof Answers]>;

/** Where {@link Answers} keeps what it was told. */
export const routeAnswers = Reflector.createDecorator<RouteAnswers>();

/**
 * Tells the OpenAPI document what a route answers when it succeeds, and the compiler to hold the handler to it.
 * An error status may be named too, where the body says more than errors do elsewhere.
 */
export function Answers<Given extends RouteAnswers>(answers: Given) {
  return <Handler extends HandlerOf<Given>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<Handler>,
  ): void => {
    routeAnswers(answers)(target, key, descriptor);
  };
}
