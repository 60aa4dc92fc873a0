/** What we use of it: the package's own declarations refer to paths that it does not ship. */
declare module '@huggingface/tokenizers' {
  export class Tokenizer {
    /** Of a model's `tokenizer.json` and `tokenizer_config.json`. */
    constructor(tokenizer: object, config: object);
    /** With the model's own first and last token. */
    encode(text: string): { readonly ids: number[] };
  }
}
