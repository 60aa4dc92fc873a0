import { pattern, type Term } from '../text/patterns.js';

/**
 * Words by which the callee says that this number is not the customer's, in English and Spanish, folded. The callee of a
 * wrong number may answer in either language.
 */
const WRONG_NUMBER_EN: readonly Term[] = [
  /(the )?wrong (phone )?number/,
  /(got|have|called|dialed|reached|talking to|speaking to|calling) the wrong (person|guy|lady|house|one|people|phone)/,
  /^(sorry )?wrong (person|guy|lady|phone)/,
  /(no one|nobody|no such person|there's no|there is no|ain't no|isn't anyone|don't know) (\w+ ){0,3}(by that name|with that name|called that|named that)/,
  /(don't|do not) (think|believe) (you have|you've got|this is) the right (phone )?number/,
  /(not|isn't) the right (phone )?number/,
  /(isn't|is not|not|no longer) (her|his|their|that person's) (phone|number|phone number)( any ?more)?/,
  /(she|he|they|that person) (doesn't|does not|don't|no longer|hasn't) (have|has|had|use|uses|used|own|owns) this (phone|number)/,
  /(i'm|i am|this is|that's) not (the person|who you|the one) (you're|you are|you want|you're looking)/,
  /(this|that) (is not|isn't|is no longer) [a-z]+'s (phone|number|cell)/,
  /this (number|phone) (doesn't|does not|no longer) belongs? to/,
  /don't know (anyone|anybody|who that is|that person|any \w+$)/,
];
const WRONG_NUMBER_ES: readonly Term[] = [
  /numero (esta )?equivocado/,
  /(esta|estan) (usted|ustedes) equivocad[oa]s?/,
  /(se )?equivoc(o|aron|ado|ada) de (numero|telefono|persona)/,
  /(esta|estan|usted esta) (llamando|marcando|hablando) (a|con) (un |otro |la |una )?(numero|telefono|persona) (equivocad[oa]|que no es)/,
  /(tiene|marco|marcaron|llamo|llamaron a) (un |el |mal )?(numero|telefono)( equivocado| mal)/,
  /(aqui|ahi) no (vive|hay|es) (ninguna?|esa|ese|la|el|nadie) (persona|senor|senora|nombre|con ese nombre|que se llame \w+|(?!en casa)[a-z]+)$/,
  /^(no )?aqui no es$/,
  /marc(o|aron) mal/,
  /no (hay|vive|tengo|conozco|conocemos) (a )?(ninguna?|nadie|ninguna persona) (\w+ )?(con ese nombre|que se llame|llamad[oa])/,
  /no conozco a (esa persona|ese senor|esa senora|nadie)/,
  /(este|ese) (ya )?no es (el|su) (numero|telefono) de/,
  /(este|ese) (numero|telefono) (ya )?no es (de|suyo|mio)/,
  /yo no soy (esa persona|la persona|ese senor|esa senora|quien)/,
  /^(esta )?equivocad[oa]( senor| senorita)?$/,
];

export const WRONG_NUMBER = pattern`\b${[...WRONG_NUMBER_EN, ...WRONG_NUMBER_ES]}(?!\w)`;
