/** To the thread. */
export type ThreadRequest<Q> =
  { readonly kind: 'ask'; readonly id: number; readonly request: Q } | { readonly kind: 'close' };

/** From the thread. */
export type ThreadReply<A> =
  | { readonly kind: 'answered'; readonly id: number; readonly answer: A }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: ThreadFailure };

/** An error taken apart: structured cloning would lose its class and its code. */
export interface ThreadFailure {
  /** `failed` for what nobody foresaw. */
  readonly code: string;
  readonly message: string;
  /** What else the error's class needs to be made again. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}
