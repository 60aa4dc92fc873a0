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

/** How often and when one application received a message or an announcement. */
export interface Receipt {
  readonly times: number;
  /** When the application first received it, in milliseconds since the epoch. */
  readonly at: number;
  readonly byReplay: boolean;
}

export interface ClientReport {
  readonly connected: number;
  /** By agent id, then by key: `message <id>` or `announcement <sequence>`. */
  readonly received: Readonly<Record<string, Readonly<Record<string, Receipt>>>>;
  /** Messages that arrived over the sockets, including duplicates. */
  readonly wireReceived: number;
  /** Duplicates among them. */
  readonly wireDoubled: number;
}

/** Replies of the process that holds the sockets. */
export type FromClients =
  | { readonly kind: 'opened'; readonly failed: readonly string[] }
  | { readonly kind: 'report'; readonly report: ClientReport };

/** Messages from the bench to the bare server. */
export type ToBare =
  | { readonly kind: 'single'; readonly agentId: string; readonly key: string; readonly payload: object }
  | { readonly kind: 'broadcast'; readonly key: string; readonly payload: object };

/** Messages from the bare server to the bench. */
export type FromBare =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'sent'; readonly key: string; readonly at: number };
