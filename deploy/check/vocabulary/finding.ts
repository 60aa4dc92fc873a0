/** A use of a banned term, and its place. */
export interface Finding {
  readonly file: string;
  /** Line number, starting at 1. */
  readonly line: number;
  readonly message: string;
}
