/** Declares the used parts of the package, because its own declarations refer to paths that it does not ship. */
declare module '@huggingface/tokenizers' {
  export class Tokenizer {
    /** Takes the parsed `tokenizer.json` and `tokenizer_config.json` of a model. */
    constructor(tokenizer: object, config: object);
    /** The IDs include the model's first and last special token. */
    encode(text: string): { readonly ids: number[] };
  }
}
