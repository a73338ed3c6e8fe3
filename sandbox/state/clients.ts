import type { Client, SandboxState } from './sandbox-state.js';

/** The Cloud project of a client id: its numeric prefix (`123456789-abc…`), or the whole id without one. */
export function projectOf(clientId: string): string {
  return /^(\d+)-/.exec(clientId)?.[1] ?? clientId;
}

/** The OAuth clients registered in the sandbox. */
export class Clients {
  constructor(private readonly state: SandboxState) {}

  find(clientId: string): Client | undefined {
    return this.state.data.clients.find((client) => client.clientId === clientId);
  }

  /** Registers a client, or replaces the one with the same id. */
  register(client: Client): void {
    const others = this.state.data.clients.filter(({ clientId }) => clientId !== client.clientId);
    this.state.data.clients = [...others, client];
    this.state.save();
  }
}
