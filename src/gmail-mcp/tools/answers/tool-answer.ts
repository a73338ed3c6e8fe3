import type { z } from 'zod';
import { Fence, type Line, present } from './fence.js';
import type { ResultForm } from './result-form.js';

/** How a tool tells what it has found. */
export interface AnswerForms<Output> {
  /** All of it for a person or a model, line by line. What third parties wrote stands on lines without a mark. */
  text: (output: Output, fence: Fence) => readonly Line[];
  /** The fields that a program needs to go on: no mail in it. All of them if absent. */
  lean?: z.ZodObject;
  /** All of it for a program, long texts of third parties in the fence; the output itself if absent. */
  structure?: (output: Output, fence: Fence) => Record<string, unknown>;
}

/** The result of a tool in one of its forms. */
export interface ToolAnswer {
  text: string;
  structure: Record<string, unknown>;
}

/** Tells where the answer is, also to the model of a client that shows it the structure only without our knowing. */
const textIn = 'content. If you cannot see it: add ?answers=structure to the URL of this MCP server';
const textOfStructure = 'The answer is in structuredContent.';

/** What a tool has found in one of several places, or why it has found nothing there. */
export type AnswerPart<Output> = { place: string } & (
  { output: Output } | { refused: { line: string; fields: object } }
);

/**
 * The answers of a tool from several places as one, in the form that its caller takes: within one fence, so that no mail
 * of one place passes for another place.
 * @param end what is said behind all of them, and its fields
 */
export function answersOfPlaces<Output extends Record<string, unknown>>(
  parts: readonly AnswerPart<Output>[],
  form: ResultForm,
  { forms, hasMail }: { forms: AnswerForms<Output>; hasMail: boolean },
  end: { line: string; fields: object },
): ToolAnswer {
  const fence = Fence.around(parts);
  const own = (line: string): string => (hasMail ? fence.own(line) : line);
  const shown = ({ output }: { output: Output }): object => {
    if (form === 'text') return forms.lean === undefined ? output : leanFields(forms.lean.parse(output));
    const { notice: _saidOnce, ...fields } = forms.structure?.(output, fence) ?? output;
    return fields;
  };
  const mailboxes = parts.map((part) => ({
    mailbox: part.place,
    ...('output' in part ? shown(part) : part.refused.fields),
  }));
  if (form === 'structure') {
    const notice = hasMail ? { notice: fence.noticeOfEnclosed() } : {};
    return { text: textOfStructure, structure: { mailboxes, ...end.fields, ...notice } };
  }
  const lines = parts.flatMap((part) => [
    own(`mailbox ${part.place}`),
    ...('output' in part ? forms.text(part.output, fence) : [own(part.refused.line)]),
  ]);
  const all = [...lines, own(end.line)];
  return {
    text: hasMail ? fence.text(all) : present(all).join('\n'),
    structure: { mailboxes, ...end.fields, textIn },
  };
}

/**
 * The answer of a tool in the form that its caller takes. The fence is drawn anew for each answer.
 * @param hasMail whether it holds what third parties wrote
 */
export function toolAnswer<Output extends Record<string, unknown>>(
  output: Output,
  form: ResultForm,
  { text, lean, structure }: AnswerForms<Output>,
  hasMail: boolean,
): ToolAnswer {
  const fence = Fence.around(hasMail ? output : '');
  if (form === 'structure')
    return {
      text: textOfStructure,
      structure: structure ? { ...structure(output, fence), notice: fence.noticeOfEnclosed() } : output,
    };
  const lines = text(output, fence);
  return {
    text: hasMail ? fence.text(lines) : present(lines).join('\n'),
    structure: lean === undefined ? output : { ...leanFields(lean.parse(output)), textIn },
  };
}

/** Without what is absent; within a field without what is empty too. */
function leanFields(fields: object): Record<string, unknown> {
  return mapped(fields, (value) => value !== null && value !== undefined);
}

function mapped(fields: object, isKept: (value: unknown) => boolean): Record<string, unknown> {
  const entries = Object.entries(fields).map(
    ([name, value]: [string, unknown]) => [name, within(value)] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => isKept(value)));
}

function within(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(within);
  return isObject(value)
    ? mapped(value, (each) => each !== null && each !== undefined && !isEmpty(each))
    : value;
}

function isEmpty(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
