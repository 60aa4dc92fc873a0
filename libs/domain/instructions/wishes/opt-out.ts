/** Where a pattern stands in a folded text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/*
 * Wishes for no further contact. Wishes about when, how, or on which number to be called are none: "don't call before
 * nine", "don't call the landline", "don't call, just text" all presuppose contact.
 */
const OPT_OUT: readonly RegExp[] = [
  /\b(stop|quit) (calling|phoning|ringing|contacting|texting|messaging|bothering|harassing|spamming)( on| at)?( me| us| here| this (number|phone|house|line)| my (number|phone|house))?\b/g,
  /\b(do not|don't|never) (ever )?(call|phone|ring|contact|text|bother) (me |us |here |this number |my (number|phone) )?(again|any ?more|ever)\b/g,
  /\b(take|remove|delete|get) (me|us|my (number|name|phone|phone number)|this number|our number) (off|from|out of) (of )?(your|the|this|that|any|all)\b/g,
  /\b(put|add) (me|us|my number|this number) (on|to) (your |the |a )?(do not call|no call|don't call)\b/g,
  /\b(i'm|i am|we're|we are|(this|my) number is) on the (national )?(do not call|no call)( list| registry)?\b/g,
  /\b(don't|do not) bother (calling|ringing|phoning|texting|contacting) (me|us|this number|again|any ?more)( again| any ?more)?\b/g,
  /\b(don't|do not|never) want to be (called|phoned|contacted|texted|messaged|bothered)( again| any ?more| ever| by you)?/g,
  /\b(delete|remove|erase|forget|block) (my|this|our) (phone )?(number|phone|contact|details|data)\b/g,
  /\b(leave (me|us) alone|do not call list|i('d| would) like to (opt out|unsubscribe))\b/g,
  /\b(unsubscribe|opt out|opt me out|opting out)\b/g,
  /\b(stop|quit) (with )?(all )?(the|these|those|this|your|sending|making)( me)?( the| these| those| any)? ?(phone |robo ?|sales )?(calls?|calling|texts?|messages?|texting)\b/g,
  /\b(i )?(don't|do not) want (any|to (get|receive)|you to|these|those|your|no)( any| more)*( more)?( of (these|those|your))? ?(calls|phone calls|robo ?calls|call me|calling me|contact me|texts|messages)( again| any ?more| from you)?\b/g,
  /\b(no more|lose my)( of (these|those|your))? (calls|phone calls|robo ?calls|calling|texts|messages|number)\b/g,
  /\b(deje|dejen|deja|pare|paren)( ya)? de (llamar|molestar|contactar|escribir)(me|nos)?\b/g,
  /\bno (me |nos )?(vuelva|vuelvan|vuelvas) a (llamar|contactar|molestar|escribir)(me|nos)?\b/g,
  /\bya no (me |nos )?(llame|llamen|llames|marque|marquen|contacten|contacte|escriban|escriba)\b|\bno (me |nos )?(llame|llamen|llames|marque|marquen|contacten|contacte|escriban|escriba) (mas|nunca( mas)?|de nuevo|otra vez)\b/g,
  /\bya no quiero (que me (llamen|llame|marquen|marque)|llamadas|mensajes)\b|\bno quiero (mas|recibir( mas)?|que me (llamen|llame)( mas)?) ?(llamadas|mensajes)?\b/g,
  /\b(quite|quiten|borre|borren|elimine|eliminen|saquen|saque)(me| mi (numero|telefono)) de (su|la|esta|sus)\b/g,
  /\b(darme|deme|denme) de baja\b/g,
];

/** What makes such a wish one about time, place or means instead. */
const ONLY_WHEN_OR_HOW =
  /^\s*((this|the|my|that) (office|work|landline|other|old|house|home|desk)\b|on (my|the|this)|at work|at night|before|after|until|till|between|while|during|when|in the|so (early|late)|early|late|from \d|antes|despues|por la|en la (manana|noche)|al (trabajo|fijo)|tan (temprano|tarde))/;

/** The first wish for no further contact in a folded text. */
export function matchOptOut(folded: string): Span | null {
  let first: Span | null = null;
  for (const pattern of OPT_OUT) {
    for (const match of folded.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      if (ONLY_WHEN_OR_HOW.test(folded.slice(span.end))) continue;
      if (isReported(folded.slice(0, span.start))) continue;
      if (!first || span.start < first.start) first = span;
    }
  }
  return first;
}

/** "I never said stop calling", "my neighbour wants you to stop calling" are about, not a wish. */
const isReported = (before: string): boolean =>
  /\b((never|didn't|did not|don't|do not) (say|said|ask|asked|want|mean)( you| to| that)*|no (dije|digo|pedi)( que)?)\s*$/.test(
    before,
  );
