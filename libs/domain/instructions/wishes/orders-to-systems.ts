/** Words that address a machine, or the form it fills in, instead of whoever brings the parcel. */
const ORDERS =
  /\b((ignore|disregard|forget|override|bypass) (all |any |your |the |my |these |those |previous |prior |above |earlier |other )+(instructions?|rules?|prompts?|orders?|directions|guidelines|settings)|system (prompt|message|override|command|instruction)s?|(note|message|instruction|command|attention|hey|dear|ok|okay|listen) (to )?(the )?(computer|system|machine|assistant|chat ?bot|ai|a i|robot|model)|you are (now )?(a|an|in) (\w+ ){0,2}(assistant|mode|model|bot|admin\w*)|(set|change|update|switch|fill|put) (the |my |all |every )*(access code|opt ?out|refused|status|field|fields|flag|value|record|database|complexity|safe ?place)s?( field| flag)? (to|as|in|=)|mark (this|it|the|that|all|me|optional|every)( \w+){0,4} as|(ignora|ignore|olvida|olvide) (todas |las |tus |sus |estas )+(instrucciones|reglas|ordenes)|(marque|marca|pon|ponga) (esto|el campo|la entrega)( \w+){0,3} como)\b/g;

/** Where such an order ends at the latest: at the end of its sentence, or where somebody speaks of the parcel again. */
const ENDS_BEFORE =
  /[.!?;](\s|$)|\b(and|but|also|then|anyway|so|y|pero) (please |just |also |por favor )*(leave|put|drop|give|hand|call|ring|text|i'm|i am|i'll|i will|i won't|we're|we'll|my|the (gate|door|garage|building) code|deje\w*|llame\w*|estoy|estare)\b/;

/**
 * The words with every order to a machine blanked out, index for index: what a voice tells "the system" to do is no wish
 * about the parcel, whoever speaks it.
 */
export function withoutOrders(text: string, folded: string): { readonly text: string; readonly folded: string } {
  const spans = [...folded.matchAll(ORDERS)].map(({ index, 0: match }) => {
    const from = index + match.length;
    // The original's punctuation; what is folded has none.
    const inText = /[.!?;](\s|$)/.exec(text.slice(from))?.index ?? Infinity;
    const inWords = ENDS_BEFORE.exec(folded.slice(from))?.index ?? Infinity;
    return { start: index, end: Math.min(text.length, from + Math.min(inText, inWords)) };
  });
  const blank = (words: string): string =>
    spans.reduce((left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end), words);
  return spans.length === 0 ? { text, folded } : { text: blank(text), folded: blank(folded) };
}
