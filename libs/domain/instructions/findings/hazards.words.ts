import type { Handling, Hazard } from '../model/types.js';
import { pattern, terms } from '../text/patterns.js';

/** Words that name each hazard. A hazard without any of them is not in the text. Folded, as all words of this file. */
export const HAZARD_WORDS: Readonly<Record<Hazard, RegExp>> = {
  dog: pattern`\b${[
    ...terms(
      'dog dogs doggo pup* hound rott* shepherd mastiff terrier bark* canine perr* cachorr* muerd* morder ladr*',
    ),
    /pit ?bulls?/,
    /bit(?:e|es|ten|ey)/,
    /brav[oa]s?/,
  ]}\b`,
  ice: /\b(?:ic[ey]|iced|frozen|freez\w*|slip\w*|slick|snow\w*|hielo|niev\w*|resbal\w*|resbalos\w*|congel\w*|patin\w*)\b/,
  stairs: pattern`\b${[
    ...terms('stair* step steps ladder flight flights escal* grada gradas peldan*'),
    /walk-?up/,
    /no (?:hay )?(?:lift|elevator|elevador|ascensor)/,
    /(?:lift|elevator|elevador|ascensor)(?:'s)? (?:is |esta |no )?(?:not|out|broken|dead|down|sirve|funciona|descompuest\w+)/,
  ]}\b`,
  gate: /\b(?:gates?|gated|fence|latch|door|lock\w*|porton\w*|rejas?|cancel|puerta|candado|zaguan|chapa|cerc[ao])\b/,
  other: /\S/,
};
/** "Just knock" does not ask for the bell. */
const RING = /\b(?:ring|rings|ringing|bell|doorbell|buzz\w*|chime|wring|toc\w+|toqu\w+|timbr\w+|campana)\b/;
const BELL = pattern`\b${[
  ...terms(
    'ring rings ringing bell doorbell knock* buzz* chime noise quiet* loud* asleep sleep* nap* wring campana ruido despiert* duerm* dormid* golpe*',
  ),
  /wak\w+/,
  /toc\w+/,
  /toqu\w+/,
  /timbr\w+/,
  /grit\w+/,
]}\b`;
/** Words that name each handling. A handling without any of them is not in the text. */
export const HANDLING_WORDS: Readonly<Record<Handling, RegExp>> = {
  fragile: pattern`\b${[
    ...terms(
      'fragil* careful* glass* break* broke* delicate easy rough* drop* throw* toss* china crystal ceramic smash* handle upright cuidad* vidrio* cristal* delicad* romp* quebr* avient* avent* golpe* suave* ceramica porcelana talavera botell* bottle* azot* espejo mirror',
    ),
    /gent\w+/,
    /shak\w+/,
    /tir\w+/,
  ]}\b`,
  signature: /\b(?:sign\w*|firm\w*|autograph|initial\w*|rubrica)\b/,
  leave_unattended_forbidden: pattern`\b${[
    ...terms(
      'unattended alone outside lying sitting stolen steal* nicked pirate pirates hand* left directly afuera nadie mano manos personal* roba* robo adulto adult tirad*',
    ),
    'out there',
    /thie\w+/,
    'only to',
    'in person',
    /leav\w+/,
    /sol[oa]/,
    /dej\w+/,
    /llev\w+/,
  ]}\b`,
  ring_bell: RING,
  do_not_ring: BELL,
  other: /\S/,
};
/** A hazard that is not, or no longer, there: "we don't have a dog", "the ice is gone". */
export const HAZARD_GONE =
  /\b(?:don't|do not|never|no longer) (?:\w+ )?ha(?:ve|d) (?:a |any |un )?(?:dogs?|pets?)\b|\b(?:dog|ice|snow)(?: on the \w+)?(?: is|'s) gone\b|\bya no (?:hay|tenemos|tengo) (?:el |ningun )?(?:perros?|hielo)\b/;
/** "There is no dog." */
export const NO_HAZARD = pattern`\b${['no', 'not any', 'without', 'sin', 'no hay', 'no tengo', 'no tenemos']} ${[
  /dogs?/,
  /perros?/,
  'stairs',
  'steps',
  /escaleras?/,
  'escalones',
  'ice',
  'hielo',
]}\b`;
/** An explicit warning of a dog. */
export const DOG_WARNED =
  /\b(?:watch|careful|mind|beware|cuidado|ojo|aguas)\b(?: \S+){0,7} (?:dogs?|puppy|labrador|lab|pit ?bulls?|rottweiler|german shepherd|perr[oa]s?|perrit[oa]s?|pitbulls?)\b|\b(?:dog|dog's|perro|perra)\b(?: \S+){0,4} (?:loose|out back|bites?|not friendly|unfriendly|nasty|mean|brav[oa]|muerde|anda suelt[oa]|suelt[oa])\b|\b(?:lump of a|big) (?:labrador|lab|german shepherd|rottweiler|dog)\b|\bpitbulls\b|\b(?:have|got|there's|there is|there are|tengo|tenemos|hay) (?:\S+ ){0,3}(?:dogs?|german shepherds?|pit ?bulls?|rottweilers?|perr[oa]s?)\b/;
/** An explicit warning of ice. */
export const ICE_WARNED =
  /\b(?:watch|careful|mind|beware|cuidado|ojo|aguas)\b(?: \S+){0,7} (?:icy|ice|slippery|hielo|resbalos[oa]s?)\b/;
/** A dog that is harmless or has died. */
export const FRIENDLY_DOG =
  /\b(?:friendly|harmless|won't bite|doesn't bite|doesn't do anything|wouldn't hurt|just lick|big baby|no hace nada|no muerde|no hacen nada|bien noble|mans[oa]|used to have a dog|(?:he|she|dog) (?:passed|died)|se (?:nos )?murio|ya murio|passed away)\b(?! (?:but|pero))/;
/** "Don't leave without ringing" asks for the bell. */
export const NOT_WITHOUT_RINGING = /\b(?:without|sin) (?:ring|knock|toc|timbr)/;
/** Explicit handling. "Just knock" does not ask for the bell. */
export const ASKED_HANDLING: readonly (readonly [Handling, RegExp])[] = [
  ['ring_bell', /\bring (?:the (?:door ?|front )?bell|twice|it twice)\b|\btoquen? el timbre\b/],
  [
    'fragile',
    /\b(?:it's|es|is) (?:a |an |un |una )?(?:glass|vase|china|crockery|porcelain|jarron|vajilla|cristal|vidrio) ?(?:thing|things|set)?(?: so)? (?:so )?(?:go easy|gently|mind|careful|con cuidado)|\bcrockery\b|\bmind how you handle\b|\bso (?:go easy|gently)\b/,
  ],
  ['fragile', /\b(?:is|it's|es|esta|very|muy) (?:very |muy )?fragil[e]?\b|\bfragile\b/],
  [
    'signature',
    /\b(?:without|unless (?:i|you get)) (?:a|my|the|getting a|getting my)? ?signature\b|\bsin (?:mi |una |la |que )?firm\w+\b/,
  ],
  [
    'leave_unattended_forbidden',
    /\b(?:don't|do not|dont|never) (?:want (?:it|that|this|the \w+) left|leave (?:it|that|this|the \w+)) (?:unattended|sitting out|out there)\b|\bno (?:quiero que )?(?:lo |la )?dejen? (?:el paquete |la caja )?sol[oa] (?:ahi )?afuera\b/,
  ],
  [
    'other',
    /\bkeep it (?:dry|upright|cool|cold|frozen|out of)\b|\b(?:stay|keep) (?:it )?out of the sun\b|\bthis (?:way|side) up\b|\ben un lugar (?:seco|fresco)\b/,
  ],
  ['signature', /\btengo que firmar\b|\bsignature is (?:required|needed)\b/],
  ['leave_unattended_forbidden', /\b(?:can't|cannot|must not|not to) be left (?:unattended|alone|out)\b/],
  ['other', /\bhide (?:it|the package|the parcel|the box)(?: \w+)? so\b|\bout of sight\b|\bque no se vea\b/],
];
/** An elevator that is out of order, so that the agent must take the stairs. */
export const ELEVATOR_OUT =
  /\b(?:elevator|lift|ascensor|elevador)(?:'s| is| isn't| esta)? (?:\w+ )?(?:not available|not working|unavailable|out|broken|down|working|available|descompuesto|no (?:sirve|funciona|jala)|sirve|funciona|jala)\b/;
/** An elevator that works. */
export const ELEVATOR_WORKS =
  /\b(?:elevator|lift|ascensor|elevador)(?:'s| is| esta| si)? (?:now |ya )?(?:working|available|sirve|funciona|jala)\b/;
/** Animals that sting or bite, where they are. */
export const STINGS =
  /\b(?:redbacks?|(?:black )?widows?|spiders? nest|scorpions?|rattlesnakes?|snakes?|wasps?|wasp nest|hornets?|beehive|bees|fire ants|alacran(?:es)?|viboras?|culebras?|serpientes?|avispas?|avispero|panal|abejas)\b/;
/** Words for the code of a gate, and for a gate that stops the agent in spite of it. */
export const GATE_CODE = /\b(?:code|pin|keypad|codigo|clave)\b/;
export const GATE_STOPS =
  /\b(?:locked|broken|stuck|sticks?|jam\w*|closed|shut|won't|doesn't|don't|isn't|not work\w*|out of order|cerrad\w+|trabad\w+|atorad\w+|descompuest\w+|no (?:abre|sirve|funciona|jala|tengo|hay|se)|candado|padlock|chain\w*)\b/;
/** Words before a handling that negate it. */
export const DENIED_HANDLING = /\b(?:not|no|don't|do not|never|n't|isn't|nothing|nunca|nada)(?: \w+){0,3} $/;
