import type { Prompt } from '@modelcontextprotocol/server';
import { mailboxName } from '../naming/mailbox-name.js';
import { type FilledPrompt, filledPrompt, listedPrompts } from '../prompts/prompts-of-instance.js';
import type { OpenedInstance } from '../tool-permission.js';
import { mailboxArgument } from './listed-tools.js';
import { chosenMailbox } from './mailbox-choice.js';

const argument = {
  name: mailboxArgument,
  description: 'In which mailbox, by its address; if it is left out, in all that it can be done in',
  required: false,
};

/** The prompts that can be used in one of the mailboxes at least, each once. */
export function promptsOfMailboxes(instances: readonly OpenedInstance[]): Prompt[] {
  const all = instances.flatMap((instance) => listedPrompts(instance));
  const byName = new Map(all.toReversed().map((prompt) => [prompt.name, prompt]));
  const names = [...new Set(all.map(({ name }) => name))];
  return names
    .flatMap((name) => byName.get(name) ?? [])
    .map((prompt) => ({ ...prompt, arguments: [...(prompt.arguments ?? []), argument] }));
}

/** A prompt filled in, or why there is none; a mailbox that is not there is an argument like any other. */
export type PersonPrompt = FilledPrompt | { status: 'mailbox_unknown' };

export function filledPersonPrompt(
  instances: readonly OpenedInstance[],
  name: string,
  { [mailboxArgument]: asked, ...given }: Readonly<Record<string, string>> = {},
): PersonPrompt {
  const choice = chosenMailbox(instances, asked, true);
  if (choice.status === 'refused')
    return choice.why === 'none_connected' ? { status: 'unknown' } : { status: 'mailbox_unknown' };
  const usable = choice.status === 'one' ? [choice.mailbox] : instances;
  const fillings = usable.map((instance) => ({ instance, filled: filledPrompt(instance, name, given) }));
  const able = fillings.filter(({ filled }) => filled.status !== 'unknown');
  const filled = able[0]?.filled ?? { status: 'unknown' };
  if (filled.status !== 'filled') return filled;
  return { ...filled, text: `${filled.text} ${whereSentence(able.map(({ instance }) => instance))}` };
}

function whereSentence(instances: readonly OpenedInstance[]): string {
  const names = instances.map((each) => JSON.stringify(mailboxName(each))).join(', ');
  return instances.length === 1
    ? `Do it in the mailbox ${names}: pass it as ${mailboxArgument} to each tool.`
    : `Do it in the mailboxes ${names}: pass the one that is meant as ${mailboxArgument} to each tool, and tell which is which.`;
}
