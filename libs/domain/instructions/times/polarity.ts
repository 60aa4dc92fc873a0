import { HANDS_OVER, isBarred } from '../people/denied-people.js';
import { pattern, terms } from '../text/patterns.js';
import type { Reading, Span } from '../reading/reader.js';

const NEGATIONS = pattern`^${[
  ...terms(
    "not no never nobody nobody's none noone nothing neither nor without cannot cant wont dont isnt arent doesnt can't won't don't isn't aren't doesn't didn't wasn't wouldn't couldn't shouldn't shan't ain't haven't nunca nadie nada ninguno ninguna ningun tampoco sin ni jamas",
  ),
]}$`;
/** Idioms that contain a negation word but are not a negation. */
const IDIOMS =
  /\b(fuera de eso|aparte de eso|otherwise|no problem|no problems|no worries|no prob|no bother|not a problem|no trouble|don't worry|no need|no hay problema|no hay bronca|no te preocupes|no se preocupe|no hay apuro|como no|why not|why don't (?:you|they|we)|por que no|if not|si no|no pasa nada|no rush|no hurry|no wait|no sorry|no actually|no esper\w+|no mejor|no perdon|no digo|no mentira|no miento|no ya en serio|no mejor dicho|no rather|no (?:i )?tell a lie|no hang on|no hold on|no make it|no make that|no better|no instead|no pues|pues no si|not only|no solo|nada mas|no mas|nomas|no one else|yeah nah|yeah no|no (?=(?:i|i'm|i'll|i've|we|we're|we'll|he|he's|he'll|she|she's|she'll|they|they're|they'll|it|it's|it'll|my|our|somebody|someone|yo|mi)\b))\b/g;
/** A negation that belongs to a bound: "not before ten", "no later than". */
const BOUND_NEGATIONS =
  /\b(?:no|not|nothing|never|ni|nunca|don't come|don't deliver)(?: \w+)? (?:before|after|until|till|til|earlier|later|sooner|past|antes|despues|hasta|mas tarde|mas temprano)\b/g;
/** Words that state presence, or that the delivery may come. */
const PRESENCE = pattern`^${[
  ...terms(
    "home here there in around available free viene vienen pasan llegan traen i'm im we're i'll we'll he'll she'll they'll he's she's they're somebody's someone's there's estoy estare estamos estaremos esta estan estara estaran estar casa aqui aca ahi alli come comes deliver bring drop swing vengan venga traigan traiga pasen pase puedo can good fine works suits perfect best espero recibo queda quedo quedamos bien mejor better si yes yeah",
  ),
]}$`;
/** Words that state absence without a negation. */
const ABSENCE = pattern`^${[
  ...terms(
    'out away gone leave leaving leaves left off asleep sleep sleeping bed nap* work working works shift nights busy tied meeting* class* appointment* dentist doctor* school church mass errand* closed close closes shut* travel* vacation holiday* flight abroad head* go going goes empty unavailable avoid skip bad pick* gym salgo sale salimos salir voy vamos va fuera trabaj* turno chamba jale duerm* dormid* dormir ocupad* junta* cita* dentista clase* escuela uni universidad facultad prepa misa cerrad* cerramos cierr* viaj* vacaciones entro entra llevo lleva recojo recoger llego llega llegamos vuelvo regreso vuelve vuelven regresa regresan vaci* imposible mal siesta ando anda andamos reunion* consulta terapia banco ir comida lunch practice vuelo swim* rest* descans* get gets getting back surgery court corte hospital',
  ),
]}$`;
/** Words that exclude the time after them. */
const EXCEPTIONS =
  /\b(except|but|unless|besides|excluding|bar|apart from|other than|menos|salvo|excepto|until|till|til|hasta|by)\b/;
/** Words that state absence so explicitly that the time beside them is never a presence. */
const PLAIN_ABSENCE = pattern`^${[
  ...terms(
    'asleep sleeping bed dormid* duerm* dormir fuera gone away abroad busy ocupad* work working shift turno trabajo trabajando jale chamba office oficina class clase uni universidad facultad college campus school escuela prepa misa mass church iglesia dentist* dentista doctor* cita* junta* meeting* consulta terapia appointment* practice examen exam exams finals entrevista interview boda wedding funeral',
  ),
]}$`;
const OPENINGS =
  /^([.,;!?:]|but|so|and|because|then|pero|y|porque|sino|entonces|asi|instead|otherwise|or|o|que|ahora|tampoco)$/;

/** Whether the words that govern a time negate presence: "no one is in until two". */
export function deniesPresence(reading: Reading, span: Span): boolean {
  const words = governingWords(reading, span);
  const text = words.join(' ').replace(IDIOMS, ' ').replace(BOUND_NEGATIONS, ' ');
  // "Sí" after a time, as in "el jueves en la noche sí", affirms it.
  if (/^(si|yes)$/.test(reading.tokens[span.to]?.text ?? '')) return false;
  // "I won't be leaving until two" states presence.
  if (/\b(?:won't|not|n't|no) (?:be )?(?:leav\w+|going out|heading out|voy a salir|salgo|salimos)\b/.test(text))
    return false;
  return isDeniedAfter(reading, span) || text.split(' ').some((word) => NEGATIONS.test(word));
}

/** Whether words before or in a time rule it out: a negation, or a word for an absence or a return. */
export function rulesOut(reading: Reading, span: Span): boolean {
  const own = reading.tokens.slice(span.from, span.to).map(({ text }) => text);
  const ahead = reading.tokens.slice(Math.max(0, span.from - 7), span.from).map(({ text }) => text);
  return (
    isDeniedAfter(reading, span) ||
    [...ahead, ...own].some(
      (word) =>
        NEGATIONS.test(word) ||
        ABSENCE.test(word) ||
        PLAIN_ABSENCE.test(word) ||
        /^(?:abro|abre|abren|abrimos|sino)$/.test(word),
    )
  );
}

const SUBJECTS = ["i'm", 'i am', "i'll be", "we're", "we'll be", "he's", "she's"] as const;
const OCCUPATIONS = terms(
  'lab class court surgery meeting* labor town traffic session school church therapy training rehearsal practice chemo dialysis work',
);
/** Places at the customer's own address, and words after "at" that are none. */
const OWN_PLACES = [
  'home',
  /the (?:house|door|front|back|gate|desk|address|flat|apartment|property|side|window|moment|counter|till|reception)/,
  /(?:my|our) (?:house|place|door|desk|flat|apartment|home)/,
  ...terms('this that noon least about around \\d+'),
] as const;
/** "I'm at choir", "in class": not at the customer's door. */
const ELSEWHERE = pattern`\b${SUBJECTS} (?:off )?(?:in ${OCCUPATIONS}\b|at (?!${OWN_PLACES}\b)[a-z]+)`;
/** Where someone comes from when they return. */
const COMES_FROM =
  /\b(?:salgo|sale|salimos|salen|salga) (?:de|del)\b|\b(?:get|gets|getting|got) (?:out|off|home|back|in)\b|\b(?:out of|off|done|finish\w*|back from|home from|llego|regreso|vuelvo|llega|regresa|vuelve)\b/;

/** Whether the words that govern a time state absence without a negation: "asleep all morning". */
export function statesAbsence(reading: Reading, span: Span): boolean {
  const text = governingWords(reading, span).join(' ');
  if (COMES_FROM.test(text)) return false;
  if (ELSEWHERE.test(text)) return true;
  const nearest = governingWords(reading, span).findLast((word) => PLAIN_ABSENCE.test(word) || PRESENCE.test(word));
  return nearest !== undefined && PLAIN_ABSENCE.test(nearest);
}

/** Whether the words that govern a time state presence and nothing else. */
export function statesPresence(reading: Reading, span: Span): boolean {
  const after = reading.tokens.slice(span.to, span.to + 4).map(({ text }) => text);
  if (AFFIRMED.test(after.join(' ')) || AGAIN.test(governingWords(reading, span).join(' '))) return true;
  if (isOffDuty(reading, span)) return true;
  if (ELSEWHERE.test(governingWords(reading, span).join(' '))) return false;
  const nearest = governingWords(reading, span).findLast((word) => ABSENCE.test(word) || PRESENCE.test(word));
  return nearest !== undefined && PRESENCE.test(nearest);
}

/** Words after a time that exclude it: "before six is out". */
const RULED_OUT = pattern`^${[
  ...terms('imposible'),
  /is out\b/,
  'is no good',
  'is bad',
  "isn't good",
  "won't work",
  "doesn't work",
  'does not work',
  'will not work',
  'is impossible',
  /,? ?(?:there's|there is) (?:no-? ?one|noone|nobody|not anyone)/,
  /,? ?(?:is|will be|would be|is just|is way|is a bit|is much)(?: way| far| much| a bit)? too (?:late|early)/,
  /,? ?(?:ya )?(?:es|seria|va a ser) (?:muy|demasiado) (?:tarde|temprano|pronto)/,
  /,? ?(?:ya )?no(?: me sirve| se vale| alcanzo)?$/,
  'ya no',
  'no puedo',
  'no me queda',
  'no se puede',
  'no va a haber',
]}`;

/** Whether the word after a time negates it: "el domingo tampoco", "tomorrow no". */
export function isDeniedAfter({ tokens }: Reading, { to }: Span): boolean {
  const [word = '', next = ''] = [tokens[to]?.text, tokens[to + 1]?.text];
  const after = tokens
    .slice(to, to + 4)
    .map(({ text }) => text)
    .join(' ');
  if (RULED_OUT.test(after)) return true;
  return /^(no|tampoco|neither|not|nobody|noone|nadie)$/.test(word) && !/^(problem|worries|wait|sorry|hay)$/.test(next);
}

/** Words after a bound that state absence from then on: "until six, after that no one is in". */
const TURNS =
  /^(?:, |\. |y |and )?(?:de ahi|despues|luego|ya luego|after that|afterwards|then|from then on)(?: ya| ,)? (?:no|nobody|no-one|nadie|noone|there's no|i'm not|i'm out|i'm gone)\b/;
/** Words after a time that exclude all other times: "twelve to one, other than that no one is in". */
const ONLY_THEN =
  /^(?:, |\. |y |and )?(?:fuera de (?:eso|ese)|aparte de eso|el resto|lo demas|other than that|otherwise|outside (?:of )?that|apart from that|the rest)(?: \w+){0,3} (?:no|nobody|nadie|noone|there's no)\b/;
const BOUND = /^(?:until|till|til|hasta|up)$/;

/**
 * Whether the words after a time exclude all other times, or after an upper bound the time after it, so that someone is
 * there until then.
 */
export function turnsToAbsence({ tokens }: Reading, { from, to }: Span): boolean {
  const after = tokens
    .slice(to, to + 8)
    .map(({ text }) => text)
    .join(' ');
  const isBound = tokens.slice(from, to).some(({ text }) => BOUND.test(text));
  return ONLY_THEN.test(after) || (isBound && TURNS.test(after));
}

/** Whether no word around a time excludes it. */
export function lacksAbsence({ tokens, ...reading }: Reading, span: Span): boolean {
  const own = tokens.slice(span.from, span.to).map(({ text }) => text);
  const near = tokens.slice(Math.max(0, span.from - 2), span.to).map(({ text }) => text);
  const governing = governingWords({ tokens, ...reading }, span);
  const after = tokens.slice(span.to, span.to + 8).map(({ text }) => text);
  const text = [...governing, ...own].join(' ').replace(IDIOMS, ' ');
  if (text.split(' ').some((word) => NEGATIONS.test(word)) || EXCEPTIONS.test(near.slice(0, 2).join(' '))) return false;
  // "Tomorrow works after ten": the day suits. "My wife works after ten" tells of an absence.
  if (tokens[span.from - 1]?.text === 'apart' && own[0] === 'from') return false;
  const suits =
    /^(?:works|work)$/.test(governing[0] ?? '') ||
    AGAIN.test(governing.join(' ')) ||
    isOffDuty({ tokens, ...reading }, span);
  if (suits || AFFIRMED.test(after.slice(0, 4).join(' '))) return true;
  if (ELSEWHERE.test(governing.join(' '))) return false;
  const nearest = governing.findLast((word) => ABSENCE.test(word) || PRESENCE.test(word));
  const next = after.slice(0, 4).join(' ').replace(IDIOMS, ' ');
  if (nearest !== undefined) return !ABSENCE.test(nearest) && !next.split(' ').some((word) => NEGATIONS.test(word));
  return !after.some((word) => ABSENCE.test(word) || NEGATIONS.test(word)) && !own.some((word) => ABSENCE.test(word));
}

/** "Márquenme al celular y ya después de las dos". */
const ABOUT_CALLS =
  /\b(?:call|phone|text|ring) me(?: on my (?:cell|mobile|phone))?,?(?: and| but)?(?: only| just)?$|\b(?:marqu|llam|escrib)\w+me(?: al (?:celular|cel|trabajo|telefono))?,?(?: y| pero)?(?: ya| nomas| solo)?$/;

/** Whether a time is about calls and not about the delivery. */
export const isAboutCalls = (reading: Reading, span: Span): boolean =>
  ABOUT_CALLS.test(
    reading.tokens
      .slice(Math.max(0, span.from - 7), span.from)
      .map(({ text }) => text)
      .join(' '),
  ) ||
  governingWords(reading, span).some(
    (word, at, words) =>
      words[at + 1] !== 'it' && /^(call\w*|phon\w+|text\w*|llam\w+|marqu\w+|marca\w*|mensaje\w*)$/.test(word),
  );

/** Words directly after a time that state presence. */
const AFFIRMED =
  /^(?:, )?(?:i'm|i am|i'll be|i will be|we're|we'll be|we will be|someone's|somebody's|someone will be|somebody will be) (?:here|home|in|around|there|free)\b|^(?:, )?is when (?:i'm|we're|i am)\b|^(?:, )?(?:is|are|would be|works|'s) (?:\w+ )?(?:grand|fine|good|great|ok|okay|perfect|best|better|ideal|lovely)\b|^(?:, )?(?:esta (?:bien|perfecto)|me queda|me sirve|perfecto|aqui estoy|si estoy|ahi estoy|estoy (?:aqui|ahi|en casa)|hay (?:alguien|quien|gente))\b/;
/** A second time like the first: "nine to eleven and again from two to five". */
const AGAIN = /\b(?:again|otra vez)\b/;
/** "I'm off all day": off work. */
const OFF_DUTY = /\b(?:i'm|i am|we're|estoy|it's my day|my day) off (?:work )?(?:on )?$/;
const PRONOUNS = /^(?:me|te|se|nos|lo|la|los|las|le|les)$/;

function isOffDuty({ tokens }: Reading, { from, to }: Span): boolean {
  const ahead = tokens.slice(Math.max(0, from - 4), from).map(({ text }) => text);
  const own = tokens.slice(from, to).some(({ text }) => /^(?:all|todo|day|dia|today|tomorrow|manana|hoy)$/.test(text));
  return own && OFF_DUTY.test(`${ahead.join(' ')} `);
}

/** Words that begin a statement: nothing before them governs what follows. */
const SUBJECT_AND_VERB = pattern`^${[
  ...terms(
    "i'm im we're i'll we'll he's she's they're somebody's someone's there's estoy estare estamos estaremos estara estaran salgo llego vuelvo regreso trabajo come bring deliver vengan venga traigan traiga traiganmelo pasen pase",
  ),
]}$`;

/** The words before a span that govern it: back to its verb, to the words that open the statement or to another time. */
function governingWords({ tokens, spans }: Reading, { from }: Span): string[] {
  const words: string[] = [];
  for (let at = from - 1; at >= 0 && from - at <= 10; at -= 1) {
    const word = tokens[at]?.text ?? '';
    // Another span ends the statement: "not the porch the garage".
    const isInvitation = word === 'que' && tokens[at - 1]?.text === 'por';
    const isOnlyFrom = word === 'sino' && /^(?:hasta|a)$/.test(tokens[at + 1]?.text ?? '');
    if (
      (OPENINGS.test(word) && !isInvitation && !isOnlyFrom) ||
      spans.some((one) => one.from <= at && at < one.to && one.tag !== 'person' && one.tag !== 'scenery')
    )
      break;
    words.unshift(word);
    const isStart = SUBJECT_AND_VERB.test(word);
    if (isStart) {
      // "No me lo traigan": pronouns stand between the negation and its verb.
      let earlier = at - 1;
      while (PRONOUNS.test(tokens[earlier]?.text ?? '')) earlier -= 1;
      const before = tokens[earlier]?.text ?? '';
      if (NEGATIONS.test(before)) words.unshift(before);
      break;
    }
  }
  return words;
}

const PLACEMENT = pattern`^${[
  ...terms(
    'leave put deliver* give hand entreg* darselo place drop stick tuck hide pop chuck set throw toss dump bung left deje* deja* dejar* pong* poner* meta* meter* mete* avient* aventar* eche* echar* coloque* escond* guarde* dejo recargu*',
  ),
]}$`;
/** Words that may stand between a negation and the verb that it negates. */
const BEFORE_VERB = pattern`^${[
  ...terms(
    'lo la los las le les me te se nos vayan vaya vayas van vas va a ir it just ever please quiero queremos que want you to have i we need dare them this ya favor por should must be',
  ),
]}$`;

/** Words before a place that state who is or what happened there, not where to leave the parcel. */
const OTHER_TOPIC = pattern`^${[
  ...terms(
    'salt grit shovel spare ask* pregunt* waiting waits meet* sitting standing loose casa house vivo vivimos live lives stole stolen robaron robo espero esperando park* key llave',
  ),
  /suelt[oa]s?/,
]}$`;
/** Words after a place that describe its state: "the porch is being painted". */
const STATE =
  /^(?:sticks|jams|squeaks|wobbles|won't|doesn't)\b|^(is|are|was|isn't|esta|estan|es) (bad|rotten|loose|stuck|being|closed|broken|locked|flooded|wet|blocked|full|painted|cerrad\w+|rot\w+|llen\w+|mojad\w+|recien)/;

/** Words for what the customer does at a place, such as collecting the parcel. */
const MOVES_THERE =
  /\b(?:aqui|aca|alla|somos|este es|we're|this is|it's) $|\b(?:lock ?box|keypad|padlock|candado|teclado) (?:\w+ )?$|\bno need to (?:\w+ ){0,3}$|\b(?:i|we)(?: can| will| could)? (?:come|go|walk|run|meet) (?:\w+ ){0,2}$|\b(?:i'll|we'll) (?:come|go|walk|run|meet) (?:\w+ ){0,2}$|\b(?!dejando)\w{3,}(?:ando|iendo) $/;

/** Whether a place is mentioned as where someone or something is, not as where to leave the parcel. */
export function isOnlyMentioned({ tokens }: Reading, { from, to }: Span): boolean {
  const ahead = tokens.slice(Math.max(0, from - 4), from).map(({ text }) => text);
  const before = ahead.slice(ahead.findLastIndex((word) => OPENINGS.test(word) || PLACEMENT.test(word)) + 1);
  const after = tokens
    .slice(to, to + 2)
    .map(({ text }) => text)
    .join(' ');
  const governing = tokens.slice(Math.max(0, from - 6), from).map(({ text }) => text);
  return (
    before.some((word) => OTHER_TOPIC.test(word)) || STATE.test(after) || MOVES_THERE.test(`${governing.join(' ')} `)
  );
}

/** Whether a place is negated: "don't leave it at the front door". */
export function isDeniedPlace({ tokens, spans }: Reading, { from }: Span): boolean {
  for (let at = from - 1; at >= 0 && from - at <= 8; at -= 1) {
    const word = tokens[at]?.text ?? '';
    if (NEGATIONS.test(word))
      return !IDIOMS_AT.test(
        tokens
          .slice(at, at + 4)
          .map(({ text }) => text)
          .join(' '),
      );
    if (PLACEMENT.test(word))
      return isNegatedVerb(
        tokens.map(({ text }) => text),
        at,
      );
    if (OPENINGS.test(word) || spans.some((one) => one.from <= at && at < one.to)) return false;
  }
  return false;
}

/** Whether a person is negated: "don't give it to my neighbor", "not with the guard". */
export function isDeniedPerson({ tokens }: Reading, { from, to }: Span): boolean {
  const words = tokens.map(({ text }) => text);
  // "With the guard no, because he takes nothing".
  if (/^no (?:,|\.|xq|porque|pues|que|because)(?: |$)/.test(words.slice(to, to + 2).join(' '))) return true;
  if (words.slice(Math.max(0, from - 2), from).some((word) => NEGATIONS.test(word))) return true;
  if (isBarred(words, { from, to })) return true;
  for (let at = from - 1; at >= 0 && from - at <= 4; at -= 1) {
    if (PLACEMENT.test(words[at] ?? '') || HANDS_OVER.test(words[at] ?? '')) return isNegatedVerb(words, at);
  }
  return false;
}

/** English words before which "no" is a correction of the words before it: "no, just leave it with the neighbor". */
const ENGLISH_PLACEMENT =
  /^(?:leave|put|deliver|give|hand|place|drop|stick|tuck|hide|pop|chuck|set|throw|toss|dump|bung)$/;

function isNegatedVerb(words: readonly string[], verb: number): boolean {
  let at = verb - 1;
  while (at >= 0 && verb - at <= 7 && BEFORE_VERB.test(words[at] ?? '')) at -= 1;
  // "Si no, déjenlo en el patio" is another case.
  if (words[at] === 'no' && words[at - 1] === 'si') return false;
  if (/^(?:no|nah|nope)$/.test(words[at] ?? '') && ENGLISH_PLACEMENT.test(words[verb] ?? '')) return false;
  return NEGATIONS.test(words[at] ?? '') && !IDIOMS_AT.test(words.slice(at, at + 4).join(' '));
}

const IDIOMS_AT = new RegExp(`^${IDIOMS.source}`);
