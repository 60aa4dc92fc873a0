import { findValue, type Phrase } from '../text/find-phrase.js';
import type { Evidence, Found, Handling, Hazard } from '../model/types.js';

const REFUSED: readonly Phrase[] = [
  [/\b(i )?(don't|do not|no longer) want (it|this|that|the (parcel|package|delivery|order))( any ?more)?\b/g, 0.92],
  [/\b(refuse|refusing|reject|rejecting) (it|this|the|that|to (accept|take))\b/g, 0.93],
  [/\b(send|take|ship) (it|this|the (parcel|package|thing)) back\b|\breturn (it )?to (the )?sender\b/g, 0.92],
  [
    /\bcancel (it|this|the (order|delivery|parcel|package|whole thing)|my (order|delivery))\b|\bi (already |have )?(cancelled|canceled) (it|this|the order|that|my order)\b/g,
    0.92,
  ],
  [/\b(i|we) (didn't|did not|never|haven't) order(ed)? (it|this|that|anything|any)\b/g, 0.88],
  [
    /\b(don't|do not) (deliver|bring) (it|this|anything|the (parcel|package))( at all)?(?! (on|before|after|to|at|until|in|while|there|today|tomorrow))\b/g,
    0.75,
  ],
  [
    /\bno (lo|la) quiero( ya)?\b|\b(devuelva|devuelvan|regrese|regresen)(lo|la)\b|\bcancele[n]? (el|la|mi) (pedido|entrega|orden)\b|\bno pedi (eso|esto|nada)\b|\brechazo (el|la)\b/g,
    0.9,
  ],
];

const CALL_AHEAD: readonly Phrase[] = [
  [
    /\b(call|phone|ring|text|message|buzz|notify|let)( me| us)?( know)?( \w+){0,3} (before (you|he|she|they|the driver|it|coming|arriving|delivery|delivering)|beforehand|ahead|in advance|when (you('re| are)|he's|he is|they're|the driver is|the driver's) (on (the|your|his|their) way|close|near|nearby|around the corner|about to|leaving|\w+ minutes|ten|five|coming)|on (the|your) way|\w+ minutes (before|ahead|out|away|prior)|(half an|an) hour (before|ahead|prior)|when .{0,20}minutes (away|out))\b/g,
    0.9,
  ],
  [
    /\bgive (me|us) (a )?(quick )?(call|ring|heads? up|text|bell|shout|buzz)( \w+){0,3} (before|ahead|in advance|beforehand|when (you('re| are)|the driver is) (on|close|near|nearby|about|\w+ minutes|leaving)|on (the|your) way|\w+ minutes (before|ahead|out|away|prior)|(half an|an) hour (before|ahead))\b/g,
    0.9,
  ],
  [/\b(call|phone|ring) ahead\b|\bgive (me|us) a heads? up\b|\bcall first\b/g, 0.88],
  [
    /\b(llame(me|nos)?|avise(me|nos)?|marque(me|nos)?)( \w+){0,3} (antes( de)?|cuando (venga|vaya|este (cerca|en camino|llegando))|con anticipacion|\w+ minutos antes)\b|\bme (llama|llame|avise|avisa)( \w+){0,2} (antes|cuando (venga|este cerca))\b/g,
    0.88,
  ],
];

const NEEDS_HUMAN: readonly Phrase[] = [
  [
    /\b(speak|talk) (to|with) (a |an |the |some|your )?(real )?(human|person|manager|supervisor|representative|operator|somebody|someone|agent)\b|\b(real|actual) person\b|\b(someone|somebody|anyone|anybody|a person) (i can|to) (talk|speak) (to|with)\b|\bhuman being\b|\b(connect|transfer|put) me (through )?(to|with) (a |an |the |some |your )?(\w+ )?(human|person|agent|representative|operator|somebody|someone|manager|dispatcher)\b/g,
    0.92,
  ],
  [
    /\b(have|get|let) (a |the |your )?(human|person|manager|supervisor|someone|somebody)( from \w+( \w+)?)? (call|contact|phone|ring) (me|us)\b|\bcall (me|us) back\b/g,
    0.8,
  ],
  [
    /\b(complain|complaint|lawyer|sue you|police|ridiculous|unacceptable|outrageous|furious|last time you (lost|broke|damaged|left))\b/g,
    0.75,
  ],
  [/\b(emergency|ambulance|hospital|passed away|died|funeral)\b/g, 0.75],
  [
    /\b(comunic(ar|arme|a|eme|enme) con (una |un )?(persona|gerente|supervisor|agente|alguien|humano|operador\w*)|paseme (con|a) (una |un )?\w+|hablar con (una |un )?(persona|gerente|supervisor|agente|alguien|humano)|queja|quejarme|emergencia|inaceptable)\b/g,
    0.85,
  ],
];

const HAZARDS: readonly (readonly [Hazard, readonly Phrase[]])[] = [
  [
    'dog',
    [
      [
        /\b(dogs?|puppy|german shepherds?|rottweilers?|pit ?bulls?|perr[oa]s?)\b(?! (food|bed|door|flap|house|kennel|park|crate|walker|walk))/g,
        0.9,
      ],
    ],
  ],
  [
    'ice',
    [
      [
        /\b(icy|black ice|ice (on|all over)|slippery|slick|snow(y)?|frozen (steps|path|driveway)|hielo|resbalos[oa]|nieve)\b/g,
        0.85,
      ],
    ],
  ],
  [
    'stairs',
    [
      [
        /\b((steep|broken|narrow|rotten|loose|missing|dangerous|lots of|lot of|many|bad|wobbly) (\w+ )?(stairs|steps|step|staircase)|(stairs|steps|staircase) (are|is) (very |really |a bit |quite )?(?!icy|slick|slippery|frozen|snowy|wet|clear|fine|ok)\w+|(no|without|broken) (elevator|lift)|(elevator|lift) (is |isn't |doesn't |'s )?(broken|out|down|not working|work)|flights? of stairs|walk ?up|(mind|watch|careful (on|with)) the (stairs|steps?)|no hay (ascensor|elevador)|escaleras? (empinad|rot|peligros)\w+)\b/g,
        0.82,
      ],
    ],
  ],
  [
    'gate',
    [
      [
        /\b(gate('s| is| gets| sticks| won't| doesn't)? ?(broken|stuck|stick\w*|jam\w*|heavy|locked|stiff|hard|dangerous|loose|electric|open|close|latch)\b|(close|shut|lock|latch) the (\w+ )?gate|gate (closed|shut)|portones?( esta)? (roto|cerrad|atascad)\w*)/g,
        0.75,
      ],
    ],
  ],
  [
    'other',
    [
      [
        /\b(construction|scaffold(ing)?|wet (paint|cement|concrete)|bees|wasps|hornets?|low (wire|branch|hanging)|hole in|pot ?holes?|flooded|mud(dy)?|broken glass|loose (board|tile|brick|step|paving)\w*|uneven|road ?works|obras|avispas|abejas)\b/g,
        0.75,
      ],
    ],
  ],
];

const HANDLING: readonly (readonly [Handling, readonly Phrase[], boolean?])[] = [
  [
    'fragile',
    [
      [
        /\b(fragile|breakable|delicate|(contains|there's|there is|it has) (\w+ )?(glass|china|porcelain|ceramics?)|handle (it )?(with care|carefully|gently)|(be )?careful with (it|the (parcel|package|box))|it's glass|made of glass|don't (drop|throw|toss) it|fragil|delicad[oa]|con cuidado)\b/g,
        0.88,
      ],
    ],
    true,
  ],
  [
    'signature',
    [[/\b(signature|sign for (it|the)|need(s)? to (be )?sign(ed)?|get (it|this) signed|firma(r|do)?)\b/g, 0.82]],
  ],
  [
    'leave_unattended_forbidden',
    [
      [
        /\b(do not|don't|never|please don't) (just )?(leave|drop|put) (it|the (parcel|package|box)|anything|this|them)( \w+){0,2} (outside|unattended|alone|there|anywhere|if (nobody|no one|i'm not)|without|out ?front|on the (porch|street|doorstep|steps)|at the door|in the open)\b/g,
        0.88,
      ],
      [/\b(do not|don't) leave (it|the (parcel|package))$/g, 0.85],
      [
        /\b(hand|give) (it )?(directly |personally |only )?to (me|us) (personally|directly|in person|only)\b|\b(only|directly) to me\b|\bhand (it|the (parcel|package)) (over )?((directly |personally )?to (me|us)|in person)\b|\bmust be handed\b|\b(must|should|can)( ?not|n't| never) be left (alone|unattended|outside)\b/g,
        0.85,
      ],
      [/\bno (lo|la) deje(n)? (afuera|fuera|sol[oa]|en la calle|sin|si no|en la puerta)\b|\ben persona\b/g, 0.85],
    ],
    true,
  ],
  [
    'do_not_ring',
    [
      [
        /\b(do not|don't|please don't|never|no need to|(?<!\b(leave|go|drive off|come in)( it| away)? )without|no) (\w+ )?((use|press|touch)(?= (the |my |our )?(door ?bell|bell|buzzer))|w?ring(ing)?|knock(ing)?|buzz(ing)?|bang)( (the|on the|my|our))*( (door ?bell|bell|buzzer|door))?\b(?! (me|us|after|before|on my|my (cell|phone)))/g,
        0.88,
      ],
      [
        /\b(baby|kid|kids|child|toddler|newborn)('s| is| are|'ll be| will be) (sleeping|asleep|napping|nap)\b|\b(i|we) (work|am working|sleep) (nights|days|during the day)\b|\bbell (is|'s)? ?(broken|not working|doesn't work)\b/g,
        0.7,
      ],
      [/\bno (toque|toquen|timbre)( el timbre| la puerta)?\b/g, 0.88],
    ],
    true,
  ],
  [
    'ring_bell',
    [
      [
        /\b(w?ring|press|use|push|hit|try) (the |my |our )?(door ?bell|bell|buzzer)\b|\bring twice\b|\b(don't|do not|never) (leave|go)( it| away)? without w?ringing\b|\btoque(n)? el timbre\b/g,
        0.88,
      ],
    ],
  ],
  [
    'other',
    [
      [
        /\b(keep (it )?(upright|cold|cool|dry|level|out of the (sun|rain|heat))|this (side|way) up|refrigerat\w+|in (a|the) (fridge|cooler|plastic bag)|cover (it|the)|out of (the )?(sight|view|sun|rain)|perishable|frozen food|(nobody|no one) (can |will )?sees? it|hide it|photo|take a picture|(send|text) (me )?a (photo|picture)|fuera de la vista|tome una foto)\b/g,
        0.75,
      ],
    ],
  ],
];

/** Wishes said outright are at least this sure; what only follows from other words is less. */
const EXPLICIT = 0.8;

/** The wishes and warnings that are said outright. */
export interface Requests {
  readonly refused: Found<true> | null;
  readonly callAhead: Found<true> | null;
  readonly needsHuman: Found<true> | null;
  readonly hazards: readonly Found<Hazard>[];
  readonly handling: readonly Found<Handling>[];
}

export function findRequests(text: string, folded: string): Requests {
  const found = <T>(value: T, phrases: readonly Phrase[], allowNegated = false): Found<T>[] => {
    const match = findValue(text, folded, value, phrases, allowNegated);
    return match ? [match] : [];
  };
  const handling = HANDLING.flatMap(([value, phrases, allowNegated]) => found(value, phrases, allowNegated));
  return {
    refused: findValue<true>(text, folded, true, REFUSED, true),
    callAhead: findValue<true>(text, folded, true, CALL_AHEAD),
    needsHuman: findValue<true>(text, folded, true, NEEDS_HUMAN),
    hazards: HAZARDS.flatMap(([hazard, phrases]) => found(hazard, phrases)),
    handling: withoutForbidden(handling, text),
  };
}

/** "Ring" in a sentence that says not to ring was misheard, or is about another time: to disturb is the greater harm. */
function withoutForbidden(handling: readonly Found<Handling>[], text: string): readonly Found<Handling>[] {
  const forbidden = handling.find(({ value }) => value === 'do_not_ring');
  if (!forbidden || forbidden.confidence < EXPLICIT) return handling;
  return handling.filter(
    ({ value, evidence }) =>
      value !== 'ring_bell' || sentenceAt(text, evidence) !== sentenceAt(text, forbidden.evidence),
  );
}

/** Which sentence of the text an evidence begins in. */
const sentenceAt = (text: string, { start }: Evidence): number =>
  text.slice(0, start).match(/[.!?](\s|$)/g)?.length ?? 0;
