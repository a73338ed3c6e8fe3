import { EvergrantError } from '../../errors/index.js';
import type { OutboundActKind } from '../../identity/index.js';
import type { Instance, Toolset } from '../../instances/index.js';

/** With which toolset an instance may do what. */
const toolsetOf = {
  send: 'core',
  reply: 'core',
  forward: 'core',
  send_draft: 'core',
  unsubscribe: 'organize',
  forwarding_filter: 'organize',
  vacation: 'settings',
  forwarding: 'dangerous',
  delegate: 'dangerous',
} as const satisfies Record<OutboundActKind, Toolset>;

/**
 * For an act that was asked for a while ago: its instance may have been made read-only since, or its toolset switched off.
 * @throws EvergrantError `FORBIDDEN` with the reason `read_only` or `toolset_off`
 */
export function refuseUnlessActsAreOn(
  kind: OutboundActKind,
  { readOnly, toolsets }: Pick<Instance, 'readOnly' | 'toolsets'>,
): void {
  if (readOnly)
    throw new EvergrantError('FORBIDDEN', {
      reason: 'read_only',
      message: 'Nothing was sent: by now this connection is read-only',
    });
  const toolset = toolsetOf[kind];
  if (!toolsets.includes(toolset))
    throw new EvergrantError('FORBIDDEN', {
      reason: 'toolset_off',
      message: `Nothing was sent: by now the toolset "${toolset}" of this connection is off`,
    });
}
