/** Messages from the bench to the process that holds the sockets. */
export type ToClients =
  | { readonly kind: 'open'; readonly sockets: readonly SocketPlan[]; readonly pollMs: number }
  | { readonly kind: 'report' }
  | { readonly kind: 'close' };

/** One socket: its agent, its token, and the URLs it may connect to in order of preference. */
export interface SocketPlan {
  readonly agentId: string;
  readonly token: string;
  readonly urls: readonly string[];
  /** Whether to open a bare socket, without the agent's application, for the bare server. */
  readonly bare: boolean;
}

/** How often one application received a message, and when first. Keyed by `message` id or `announcement` sequence. */
export interface Receipt {
  readonly times: number;
  /** Milliseconds since the epoch on this machine's clock. */
  readonly at: number;
  readonly byReplay: boolean;
}

export interface ClientReport {
  readonly connected: number;
  /** By agent, then by key. */
  readonly received: Readonly<Record<string, Readonly<Record<string, Receipt>>>>;
  readonly wireReceived: number;
  readonly wireDoubled: number;
}

export type FromClients =
  | { readonly kind: 'opened'; readonly failed: readonly string[] }
  | { readonly kind: 'report'; readonly report: ClientReport };

/** Messages from the bench to the bare server, and its replies. */
export type ToBare =
  | { readonly kind: 'single'; readonly agentId: string; readonly key: string; readonly payload: object }
  | { readonly kind: 'broadcast'; readonly key: string; readonly payload: object };

export type FromBare =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'sent'; readonly key: string; readonly at: number };
