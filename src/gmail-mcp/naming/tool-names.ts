import type { Instance } from '../../instances/index.js';
import { gmailTools, type GmailTool } from '../tools/index.js';

type Prefixed = Pick<Instance, 'toolPrefix'>;

const toolsByName = new Map(gmailTools.map((tool) => [tool.name, tool]));
const anyToolName = new RegExp(`\\b(?:${[...toolsByName.keys()].join('|')})\\b`, 'g');

/** The name of a tool or a prompt as the clients of an instance see and call it. */
export function prefixedName({ toolPrefix }: Prefixed, name: string): string {
  return toolPrefix === null ? name : `${toolPrefix}_${name}`;
}

/** The name of a tool or a prompt without the prefix of the instance; null where it does not begin with that. */
export function plainName({ toolPrefix }: Prefixed, called: string): string | null {
  if (toolPrefix === null) return called;
  return called.startsWith(`${toolPrefix}_`) ? called.slice(toolPrefix.length + 1) : null;
}

/**
 * The tool that an instance's clients call by this name. With a prefix there is none by the plain name: an agent that
 * has several mailboxes means another one by it.
 */
export function toolCalled(instance: Prefixed, called: string): GmailTool | undefined {
  const name = plainName(instance, called);
  return name === null ? undefined : toolsByName.get(name);
}

/** Texts of ours at whatever depth, with the tools that they speak of named as the instance's clients call them. */
export function namingTools<Value>(instance: Prefixed, value: Value): Value {
  if (instance.toolPrefix === null) return value;
  return mapTexts(value, (text) =>
    text.replaceAll(anyToolName, (name) => prefixedName(instance, name)),
  ) as Value;
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, map)]));
}
