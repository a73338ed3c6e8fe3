import { z } from 'zod';
import { type ContentBlock, isSpecType, type Tool, type ToolAnnotations } from '@modelcontextprotocol/server';
import { EvergrantError } from '../../errors/index.js';
import type {
  Drafts,
  FileTexts,
  Filing,
  Filters,
  Labels,
  Mailbox,
  MessageReader,
  OriginalQuotes,
  Outbox,
  Settings,
} from '../../gmail/index.js';
import type { Instance, Toolset } from '../../instances/index.js';
import type { ReadText } from '../../policy/index.js';
import type { ActGate } from '../acts/gate-answer.js';
import type { AttachedPart, AttachmentLink } from '../links/attachment-links.js';
import type { InstanceUploads } from '../uploads/instance-uploads.js';
import type { InstanceWatches } from '../watches/instance-watches.js';
import type { MailBytes } from '../uploads/mail-bytes.js';
import type { ResultForm } from './answers/result-form.js';
import {
  type AnswerForms,
  type AnswerPart,
  answersOfPlaces,
  toolAnswer,
  type ToolAnswer,
} from './answers/tool-answer.js';
import { portableSchema } from './portable-schema.js';
import { tolerantArguments } from './tolerant-arguments.js';

export const unavailableReasons = [
  'toolset_off',
  'read_only',
  'not_authorized',
  'not_asked_for',
  'not_granted',
  'sign_in_required',
] as const;
export type UnavailableReason = (typeof unavailableReasons)[number];

/** A tool that cannot work for an instance, and why. */
export interface UnavailableTool {
  name: string;
  reason: UnavailableReason;
  why: string;
}

/** What a tool may use while it answers one call. */
export interface ToolContext {
  readonly instance: Instance;
  /**
   * Refuses, as the outbox does, where the tool declares no scopes, and whatever the instance does not ask for or
   * was not granted.
   */
  readonly mailbox: Mailbox;
  /** Writes drafts; mail leaves by {@link acts}. */
  readonly outbox: Outbox;
  /** The one way out of the mailbox, for all that leaves it or lets something leave it. */
  readonly acts: ActGate;
  readonly drafts: Drafts;
  readonly filing: Filing;
  readonly labels: Labels;
  readonly filters: Filters;
  readonly settings: Settings;
  /** Reads what the mailbox brings. */
  readonly reader: MessageReader;
  /** Quotes messages in mail that is written. */
  readonly quotes: OriginalQuotes;
  /** Files that callers have handed over to send along. */
  readonly uploads: InstanceUploads;
  /** Has the mailbox watched for changes. */
  readonly watches: InstanceWatches;
  /** Counts mail with files while it is in memory. */
  readonly mailBytes: MailBytes;
  /** Reads files that are attached to what the mailbox brings. */
  readonly files: FileTexts;
  /** Which URLs of mailing lists are asked to end a subscription. */
  readonly listServers: { takes(url: URL): boolean };
  /** Aborts when the client hangs up. */
  readonly signal: AbortSignal;
  /** Tells the client how far a long read is, if it asked to be told: so many of so many, more each time. */
  readonly progress: (done: number, total: number) => void;
  /** A fresh link to our own connect page, for a person to open. */
  readonly connectUrl: () => Promise<string>;
  /** A link under which a part can be downloaded for some minutes, without any token. */
  readonly attachmentLink: (part: AttachedPart) => Promise<AttachmentLink>;
  /** Puts a block into the answer, behind what the handler returns. */
  readonly show: (block: ContentBlock) => void;
  /** Notes words that the caller has put into a draft of a thread: they are its own. */
  readonly drafted: (text: ReadText) => void;
  /** When the caller's own token ends; null for never. */
  readonly mcpTokenExpiresAt: Date | null;
  /** The tools that cannot work for the instance. */
  readonly unavailableTools: () => UnavailableTool[];
  /** What the caller knows a tool by, for answers that speak of one. */
  readonly toolName: (name: string) => string;
}

interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  name: string;
  /** With which of an instance's toolsets it is switched on. */
  toolset: Toolset;
  title: string;
  /**
   * Written for the agent: when to use the tool, and what to do next. What holds for all tools is said once, in the
   * server's instructions.
   */
  description: string;
  inputSchema: Input;
  /** Has a `notice` if what third parties wrote is in it. */
  outputSchema: Output;
  /** How it is told; as JSON if absent. */
  answer?: AnswerForms<z.output<Output>>;
  /** All four are stated, since the protocol's defaults say "destructive" and "open world". */
  annotations: Required<Omit<ToolAnnotations, 'title'>>;
  /** OAuth scopes of which one must be asked for and granted, the narrowest first; empty for a tool that needs no Google. */
  scopes: readonly string[];
  /** For a tool that sends: to how many it did, by its answer; null where it did not, or had done it for an earlier call. */
  recipients?: (output: z.output<Output>) => number | null;
  /** For a tool that gives out what mail says: by its answer, which texts of which conversations. */
  mailTexts?: (output: z.output<Output>) => readonly ReadText[];
  handler: (input: z.output<Input>, context: ToolContext) => Promise<z.input<Output>>;
}

/** A tool as the endpoint serves it, its schemas converted once at start. */
export interface GmailTool {
  readonly name: string;
  readonly toolset: Toolset;
  readonly scopes: readonly string[];
  /** It changes the mailbox or sends: what it does is recorded. */
  readonly writes: boolean;
  /** It sends mail. */
  readonly sends: boolean;
  /** How `tools/list` shows it. */
  readonly listing: Tool;
  /**
   * Reads the arguments tolerantly, checks them, runs the tool and checks its answer.
   * @throws EvergrantError `VALIDATION_FAILED` naming the argument at fault, or whatever the tool throws.
   */
  run(input: unknown, context: ToolContext): Promise<Record<string, unknown>>;
  /** What {@link run} gave, as the caller is given it; every text in it must be readable. */
  answer(output: Record<string, unknown>, form: ResultForm): ToolAnswer;
  /** What {@link run} gave in each of several mailboxes, as one answer. */
  answers(
    parts: readonly AnswerPart<Record<string, unknown>>[],
    form: ResultForm,
    end: { line: string; fields: object },
  ): ToolAnswer;
  /** To how many a call has sent that gave this answer; null for a tool that does not send. */
  recipients(output: Record<string, unknown>): number | null;
  /** What of mail a call has given out that gave this answer. */
  mailTexts(output: Record<string, unknown>): readonly ReadText[];
}

/** Declares a Gmail tool; the types of its schemas flow to its handler. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): GmailTool {
  const {
    name,
    toolset,
    inputSchema,
    outputSchema,
    answer = asJson,
    annotations,
    scopes,
    recipients,
    mailTexts,
    handler,
  } = definition;
  const hasMail = 'notice' in outputSchema.shape;
  const listing = toolListing(definition);
  return {
    name,
    toolset,
    scopes,
    listing,
    writes: !annotations.readOnlyHint,
    sends: recipients !== undefined,
    run: async (input, context) => {
      const meant = tolerantArguments(input, listing.inputSchema);
      return outputSchema.parse(await handler(parseArguments(inputSchema, meant), context));
    },
    answer: (output, form) =>
      toolAnswer(output as z.output<Output>, form, answer, hasMail && answer !== asJson),
    answers: (parts, form, end) =>
      answersOfPlaces(
        parts as readonly AnswerPart<z.output<Output>>[],
        form,
        { forms: answer, hasMail },
        end,
      ),
    recipients: (output) => recipients?.(output as z.output<Output>) ?? null,
    mailTexts: (output) => mailTexts?.(output as z.output<Output>) ?? [],
  };
}

const asJson: AnswerForms<unknown> = { text: (output) => [JSON.stringify(output)] };

type Listed = Pick<
  ToolDefinition<z.ZodObject, z.ZodObject>,
  'name' | 'title' | 'description' | 'inputSchema' | 'annotations'
>;

/** What a tool is listed as. */
export function toolListing({ name, title, description, inputSchema, annotations }: Listed): Tool {
  const listing: unknown = {
    name,
    title,
    description,
    inputSchema: portableSchema(z.toJSONSchema(inputSchema, { io: 'input' })),
    // No `outputSchema`: every agent pays for the list before it has asked anything, and sees what an answer is in the
    // answer.
    annotations,
  };
  if (!isSpecType.Tool(listing)) throw new TypeError(`${name} does not make a valid MCP tool`);
  return listing;
}

function parseArguments<Input extends z.ZodObject>(schema: Input, input: unknown): z.output<Input> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.');
  throw new EvergrantError('VALIDATION_FAILED', {
    field,
    message: `The argument "${field ?? ''}" is not valid: ${issue?.message ?? 'unknown'}`,
  });
}
