/** Message to the thread. */
export type ThreadRequest<Q> =
  { readonly kind: 'ask'; readonly id: number; readonly request: Q } | { readonly kind: 'close' };

/** Message from the thread. */
export type ThreadReply<A> =
  | { readonly kind: 'answered'; readonly id: number; readonly answer: A }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: ThreadFailure };

/** A serialized error. Structured cloning would lose its class and code. */
export interface ThreadFailure {
  /** `failed` for unexpected errors. */
  readonly code: string;
  readonly message: string;
  /** Further data that is required to recreate the error. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}
