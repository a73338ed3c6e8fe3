import { z } from 'zod';
import { type ContentBlock, isSpecType, type Tool, type ToolAnnotations } from '@modelcontextprotocol/server';
import { EvergrantError } from '../../errors/index.js';
import type { Mailbox, MessageReader, Outbox } from '../../gmail/index.js';
import type { Instance } from '../../instances/index.js';
import type { AttachedPart, AttachmentLink } from '../links/attachment-links.js';
import { portableSchema } from './portable-schema.js';
import { schemaOutline } from './schema-outline.js';
import { tolerantArguments } from './tolerant-arguments.js';

/** A tool that cannot work for an instance, and why. */
export interface UnavailableTool {
  name: string;
  reason: 'not_asked_for' | 'not_granted' | 'sign_in_required';
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
  readonly outbox: Outbox;
  /** Reads what the mailbox brings. */
  readonly reader: MessageReader;
  /** Aborts when the client hangs up. */
  readonly signal: AbortSignal;
  /** A fresh link to our own connect page, for a person to open. */
  readonly connectUrl: () => Promise<string>;
  /** A link under which a part can be downloaded for some minutes, without any token. */
  readonly attachmentLink: (part: AttachedPart) => Promise<AttachmentLink>;
  /** Puts a block into the answer, behind what the handler returns. */
  readonly show: (block: ContentBlock) => void;
  /** When the caller's own token ends; null for never. */
  readonly mcpTokenExpiresAt: Date | null;
  /** The tools that cannot work for the instance. */
  readonly unavailableTools: () => UnavailableTool[];
}

interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  name: string;
  title: string;
  /**
   * Written for the agent: when to use the tool, and what to do next. What holds for all tools is said once, in the
   * server's instructions.
   */
  description: string;
  inputSchema: Input;
  outputSchema: Output;
  /** All four are stated, since the protocol's defaults say "destructive" and "open world". */
  annotations: Required<Omit<ToolAnnotations, 'title'>>;
  /** OAuth scopes of which one must be asked for and granted, the narrowest first; empty for a tool that needs no Google. */
  scopes: readonly string[];
  /** For a tool that sends: to how many it did, by its answer. */
  recipients?: (output: z.output<Output>) => number;
  handler: (input: z.output<Input>, context: ToolContext) => Promise<z.input<Output>>;
}

/** A tool as the endpoint serves it, its schemas converted once at start. */
export interface GmailTool {
  readonly name: string;
  readonly scopes: readonly string[];
  /** It changes the mailbox or sends: what it does is recorded. */
  readonly writes: boolean;
  /** How `tools/list` shows it. */
  readonly listing: Tool;
  /**
   * Reads the arguments tolerantly, checks them, runs the tool and checks its answer.
   * @throws EvergrantError `VALIDATION_FAILED` naming the argument at fault, or whatever the tool throws.
   */
  run(input: unknown, context: ToolContext): Promise<Record<string, unknown>>;
  /** To how many a call has sent that gave this answer; null for a tool that does not send. */
  recipients(output: Record<string, unknown>): number | null;
}

/** Declares a Gmail tool; the types of its schemas flow to its handler. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): GmailTool {
  const { name, inputSchema, outputSchema, annotations, scopes, recipients, handler } = definition;
  const listing = listingOf(definition);
  return {
    name,
    scopes,
    listing,
    writes: !annotations.readOnlyHint,
    run: async (input, context) => {
      const meant = tolerantArguments(input, listing.inputSchema);
      return outputSchema.parse(await handler(parseArguments(inputSchema, meant), context));
    },
    recipients: (output) => recipients?.(output as z.output<Output>) ?? null,
  };
}

function listingOf(
  definition: Omit<ToolDefinition<z.ZodObject, z.ZodObject>, 'handler' | 'recipients'>,
): Tool {
  const { name, title, description, inputSchema, outputSchema, annotations } = definition;
  const listing: unknown = {
    name,
    title,
    description,
    inputSchema: portableSchema(z.toJSONSchema(inputSchema, { io: 'input' })),
    // The input side leaves objects open, so that fields may be added to an answer later.
    outputSchema: schemaOutline(portableSchema(z.toJSONSchema(outputSchema, { io: 'input' }))),
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
