import type { Prompt } from '@modelcontextprotocol/server';
import { usableTools } from '../calls/tools-of-instance.js';
import { namingTools, plainName, prefixedName } from '../naming/tool-names.js';
import type { OpenedInstance } from '../tool-permission.js';
import { mailIsData, type MailPrompt, mailPrompts, type PromptWay } from './mail-prompts.js';

/** The prompts whose tools the instance may use, as clients see them. */
export function listedPrompts(instance: OpenedInstance): Prompt[] {
  return usablePrompts(instance).map(({ name, title, description, arguments: given }) => ({
    name: prefixedName(instance, name),
    title,
    description,
    arguments: given.map((each) => ({
      name: each.name,
      description: each.description,
      required: each.otherwise === undefined,
    })),
  }));
}

/** A prompt for the model, or why there is none. */
export type FilledPrompt =
  | { status: 'filled'; description: string; text: string }
  | { status: 'unknown' }
  | { status: 'argument_missing'; argument: string };

/** The prompt that an instance's clients call by this name, filled in; empty arguments count as left out. */
export function filledPrompt(
  instance: OpenedInstance,
  called: string,
  given: Readonly<Record<string, string>> = {},
): FilledPrompt {
  const name = plainName(instance, called);
  const prompt = usablePrompts(instance).find((each) => each.name === name);
  if (prompt === undefined) return { status: 'unknown' };
  const values = new Map(prompt.arguments.map((each) => [each.name, valueOf(each, given)]));
  for (const [argument, value] of values)
    if (value === undefined) return { status: 'argument_missing', argument };
  // The names of tools are put in first: what a person wrote stays as it is.
  const text = namingTools(instance, `${prompt.way.text} ${mailIsData}`);
  const filled = text.replaceAll(/\{(\w+)\}/g, (_whole, argument: string) => values.get(argument) ?? '');
  return { status: 'filled', description: prompt.description, text: filled };
}

function usablePrompts(instance: OpenedInstance): (MailPrompt & { way: PromptWay })[] {
  const usable = new Set(usableTools(instance).map(({ name }) => name));
  return mailPrompts.flatMap((prompt) => {
    const way = prompt.ways.find(({ tools }) => tools.every((name) => usable.has(name)));
    return way === undefined ? [] : [{ ...prompt, way }];
  });
}

/** In quotes where it was given, so that it is seen where it ends. */
function valueOf(
  { name, otherwise }: MailPrompt['arguments'][number],
  given: Readonly<Record<string, string>>,
): string | undefined {
  const value = Object.hasOwn(given, name) ? given[name]?.trim() : undefined;
  return value ? JSON.stringify(value) : otherwise;
}
