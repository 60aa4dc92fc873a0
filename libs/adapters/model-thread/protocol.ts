/** To the thread. */
export type ThreadRequest<Q> =
  { readonly kind: 'ask'; readonly id: number; readonly request: Q } | { readonly kind: 'close' };

/** From the thread. */
export type ThreadReply<A> =
  | { readonly kind: 'answered'; readonly id: number; readonly answer: A }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: ModelFailure };

export interface ModelFailure {
  /** `failed` for what nobody foresaw. */
  readonly code: string;
  readonly message: string;
}
