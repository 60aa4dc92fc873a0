/** A message to the thread: a request of type `Q`, or the command to end. */
export type ThreadRequest<Q> =
  { readonly kind: 'request'; readonly id: number; readonly request: Q } | { readonly kind: 'close' };

/** A message from the thread: the result of a request, of type `A`, or the error. */
export type ThreadReply<A> =
  | { readonly kind: 'succeeded'; readonly id: number; readonly result: A }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: ThreadFailure };

/** A serialized error. Structured cloning would lose its class and code. */
export interface ThreadFailure {
  /** `failed` for unexpected errors. */
  readonly code: string;
  readonly message: string;
  /** Further data that is required to recreate the error. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}
