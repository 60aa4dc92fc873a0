/** What the bench says to the process that holds the sockets. */
export type ToClients =
  | { readonly kind: 'open'; readonly sockets: readonly SocketPlan[]; readonly pollMs: number }
  | { readonly kind: 'report' }
  | { readonly kind: 'close' };

/** One socket: which agent it is, how it proves it, and where it may connect, the first address first. */
export interface SocketPlan {
  readonly agentId: string;
  readonly token: string;
  readonly urls: readonly string[];
  /** Without the agent's application on top: for the bare server. */
  readonly bare: boolean;
}

/** What was given to one application, by key (`message` ids, `announcement` sequences): how often, and when first. */
export interface Given {
  readonly times: number;
  /** ms since the epoch on this machine's clock. */
  readonly at: number;
  readonly byReplay: boolean;
}

export interface ClientReport {
  readonly connected: number;
  /** By agent, then by key. */
  readonly given: Readonly<Record<string, Readonly<Record<string, Given>>>>;
  readonly wireReceived: number;
  readonly wireDoubled: number;
}

export type FromClients =
  | { readonly kind: 'opened'; readonly failed: readonly string[] }
  | { readonly kind: 'report'; readonly report: ClientReport };

/** What the bench says to the bare server, and what that tells. */
export type ToBare =
  | { readonly kind: 'single'; readonly agentId: string; readonly key: string; readonly payload: object }
  | { readonly kind: 'broadcast'; readonly key: string; readonly payload: object };

export type FromBare =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'sent'; readonly key: string; readonly at: number };
