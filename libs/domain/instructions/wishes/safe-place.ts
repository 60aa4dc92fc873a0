import { fold } from '../text/fold.js';
import type { SafePlace } from '../model/types.js';

export interface PlaceMatch {
  readonly place: SafePlace;
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
}

interface PlacePattern {
  readonly place: SafePlace;
  readonly pattern: RegExp;
}

const place = (name: SafePlace, pattern: RegExp): PlacePattern => ({ place: name, pattern });

/** Words for places, more particular ones first: "side gate" before "gate", "garage door" before "door". */
const PLACES: readonly PlacePattern[] = [
  place(
    'neighbour',
    /\b(next[- ]?door(?! to)|try(?= (number|flat|apartment|unit|house) )|(the |my |our |a |any )?neighbou?rs?('s)?|(the )?(people|folks|lady|woman|man|guy|couple|family) (next door|across|upstairs|downstairs|opposite|(at|in|from) (number|apartment|flat|unit|house))|across the (hall|street|road|way)|(el |la |mi |los |un |una )?vecin[oa]s?)\b/g,
  ),
  place(
    'concierge',
    /\b(concierge|doorman|door man|caretaker|porter|building (manager|super)|superintendent|security( guard| desk| officer)?|watchm[ae]n|gate ?keeper|guard ?(house|shack|room)|conserje|portero|conserjeria|porteria|vigilante|guardia|caseta( de vigilancia)?)\b/g,
  ),
  place(
    'reception',
    /\b(reception(ist)?|front desk|lobby desk|leasing office|main office|rental office|mail ?room|recepcion(ista)?)\b/g,
  ),
  place(
    'locker',
    /\b((parcel|package|amazon|delivery|pick ?up)? ?lockers?|parcel box|delivery box|package box|drop box|casillero|taquilla|locker)\b/g,
  ),
  place('mailbox', /\b(mail ?box(es)?|letter ?box|post ?box|mail slot|buzon)\b/g),
  place('garage', /\b(garages?( door)?|car ?port|garaje|cochera)\b/g),
  place('shed', /\b((garden|tool|bike|back ?yard|potting|wood)? ?sheds?|outhouse|cobertizo|galpon)\b/g),
  place('porch', /\b((front|back|side|screened)? ?porch|verandah?|stoop|porche)\b/g),
  place('balcony', /\b(balcony|balcon)\b/g),
  place(
    'back_door',
    /\b((back|rear|kitchen|patio)[- ]?door|back (of the house|entrance|step|steps)|rear (entrance|of the house)|round the back|around (the )?back|(in|at|to|by) the back(?! ?(of|seat|yard|gate|porch|garden|fence|door|step|steps))|out back|puerta (de atras|trasera|de la cocina)|(por|en la parte de) (atras|detras))\b/g,
  ),
  place('side_door', /\b(side[- ]?(door|entrance)|puerta (lateral|de lado|del costado))\b/g),
  place(
    'car',
    /\b((in|inside) (the |my )?(car|truck|van)( trunk| boot)?|(in|inside) the (back|bed|boot|trunk) of (the|my) (car|truck|van|pick ?up)|(boot|trunk) of (the|my) car|car (boot|trunk)|(on|in) the (back|front|passenger) seat|(en|dentro de) (el|mi) (coche|carro|auto)|maletero)\b/g,
  ),
  place(
    'front_door',
    /\b(front[- ]?(door|step|steps|doorstep|entrance|mat)|door ?step|door ?mat|(under|on|beneath) the (welcome )?mat|(at|by|outside|near|in front of) (the|my|our) (apartment |flat |house )?door|(on|at) (the|my|our) (front )?steps?|(screen|storm) door|main (door|entrance)|puerta (principal|de (la )?entrada|de enfrente|delantera)|(en|junto a|frente a) la puerta)\b/g,
  ),
  place(
    'gate',
    /\b((side|back|front|garden|by the|behind the|inside the|at the|over the) ?(garden |side |back |front )?gate|(en|detras de|junto a) (el|la) (porton|reja|cancela|verja))\b/g,
  ),
  place(
    'other',
    /\b((on|in|into|onto|to) (the |my |our )?(back |rear |side )?(deck|patio|back ?yard|yard|garden|terrace)|over the (\w+ )?fence|(in|inside) the (lobby|foyer|hallway|hall|entry ?way|vestibule)|(behind|under|underneath|beneath|beside|next to|inside|in|on top of|by|near) (the |my |our |a )?(big |old |green |blue |red |black |white |brown |wooden |little |small )*(bins?|trash cans?|dust ?bins?|recycling( bin)?|planters?|plant ?pots?|flower ?pots?|pots?|bush(es)?|hedge|bench|grill|bbq|barbecue|chair|cooler|ice chest|basket|box|hot tub|trampoline|stairs|steps|wood ?pile|wall|fence|tree|greenhouse|conservatory|utility (room|cupboard)|laundry room|meter (box|cupboard)|basement|storage( room| box| unit)?|barn|swing|table|patio|deck|back ?yard|garden)|(patio|deck|back ?yard) (?=please)|(behind|under|underneath|beneath) (the |my |our |a |that )(?!(name|impression|weather|wheel|scenes|time|door|number|circumstances)\b)([a-z]+ )?[a-z]+|(detras|atras|debajo|abajo|encima) de(l| la| las| los| el| un| una| mi)? ?(?!(las? \w+ y|las (una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)|mi (casa|nombre))\b)[a-z]+|(al lado|dentro) de(l)? (la |las |los |el )?(maceta|macetas|bote|basura|contenedor|arbusto|banco|arbol|escalera|parrilla|patio|jardin|caja))\b/g,
  ),
];

/** What turns a place into one that is not meant: "not at the front door", "don't leave it on the porch". */
const DENIED =
  /\b((?<!\bif )not(?! (home|here|there|in|around|available|answering|back|able|sure)\b)|(don't|do not)(?! (answer|hear|open|respond|come|get to|see)\b)|never|instead of|rather than|anywhere but|except|isn't|(no|nobody)(?!( \w+){0,4} (leave|put|drop|give|use|hide|place)\b)|en vez de|nunca)( \w+){0,4} ?$/;
/** "We don't get along, put it …": what is denied is over where another order begins. */
const PUT_INSTEAD =
  /\b(don't|do not|never|not|isn't|doesn't|won't|can't)( (?!leave|put|drop|place|hide|stick|pop|give|hand)\w+){2,} (just )?(leave|put|drop|place|hide|stick|pop|give|hand) (it|them|the \w+)( \w+){0,3} ?$/;
/** Something of theirs, not they: "the code of my neighbour", "my neighbour's dog". */
const OF_THEIRS = /\b(codes?|keys?|number|name|dogs?|phone|address) (of|for|from) $/;
const THEIRS =
  /^ (dogs?|cats?|car|kids|phone|number is|name|address|driveway|code)\b|^ (padlock|lock|key|keypad|code|combination)\b/;
/** What is only walked through, or opened, on the way to where the parcel goes. */
const USED =
  /\b(use|using|usen?|open|opens|opening|unlocks?|for|gets you (in|into|through)|lets you (in|into|through)|get (in|into|past)|abre|abrir|para)( \w+){0,3} ?$/;
const THROUGH = /\b(through|por)( \w+){0,3} ?$/;
/** Where something else is. */
const THERE_IS = /\b(there's|there is|there are|(i|we) have|(i|we)'ve got|hay)( \w+){1,6} ?$/;
/** What is said of a door rather than of the parcel. */
const ITS_STATE =
  /^ (has|needs|had|won't|doesn't|opens|sticks|closes|(is|are|was|will be|'s) (?!(fine|good|ok|okay|best|great|perfect|better|safe|alright|where)\b)|tiene|se (abre|cierra))/;
const PASSAGES: readonly SafePlace[] = ['gate', 'front_door', 'back_door', 'side_door', 'garage'];

/** Words after which a place is where the parcel goes. */
const PUT =
  /\b(leave|put|drop|place|hide|stick|pop|leaving|tuck|set|throw|toss|stash|slide|deliver|bring|give|hand|take|(can|could|should|may) go|dej[aeo]\w*|pon\w*|entreg\w*|coloqu\w*|ponga\w*)\b/;

/** Places that are only hinted at: "the dog is in the garage", "the gate code is" name no place for the parcel. */
const ABOUT_SOMETHING_ELSE =
  /\b((code|keypad|combination|combo|pin|passcode|password|lock ?box)( \w+){0,9} ?$|(dog|dogs|cat|press|ring|knock|enter|come|go|walk|drive|turn|park|through|perro|codigo|clave|entre|toque)( \w+){0,5} ?$)/;

/**
 * The place where a parcel may be left, by the customer's words; the last that is not denied where several are named
 * ("not the porch, the garage"; "go through the gate and leave it in the shed"). `null` if none is named.
 */
export function matchSafePlace(text: string): PlaceMatch | null {
  const folded = fold(text);
  const found: (PlaceMatch & { readonly put: boolean })[] = [];
  for (const { place: name, pattern } of PLACES) {
    for (const match of folded.matchAll(pattern)) {
      const start = match.index + (match[0].length - match[0].trimStart().length);
      const end = match.index + match[0].trimEnd().length;
      if (found.some((other) => start < other.end && other.start < end)) continue;
      const before = clauseBefore(folded, start);
      if (
        (DENIED.test(before) && !PUT_INSTEAD.test(before)) ||
        OF_THEIRS.test(before) ||
        THEIRS.test(folded.slice(end))
      )
        continue;
      const put = PUT.test(before);
      const isPassage = PASSAGES.includes(name);
      if (isPassage && THROUGH.test(before)) continue;
      const isUsed = isPassage && (USED.test(before) || ITS_STATE.test(folded.slice(end)));
      const isScenery = name === 'other' && THERE_IS.test(before);
      if (!put && (ABOUT_SOMETHING_ELSE.test(before) || isUsed || isScenery)) continue;
      found.push({ place: name, confidence: put ? 0.93 : 0.75, start, end, put });
    }
  }
  // "Behind the chair on the porch": the place that has a name of its own is the one that everybody finds.
  const named = ({ place: name }: PlaceMatch): number => Number(name !== 'other');
  const best = found.sort((a, b) => Number(b.put) - Number(a.put) || named(b) - named(a) || a.start - b.start)[0];
  return best ? { place: best.place, confidence: best.confidence, start: best.start, end: best.end } : null;
}

/** The words of the same clause before an index. */
function clauseBefore(folded: string, index: number): string {
  const before = folded.slice(0, index);
  const cut = Math.max(...[/\.\s/g, /\bbut\b/g, /\bpero\b/g, /\bsino\b/g].map((pattern) => lastEnd(before, pattern)));
  return before.slice(Math.max(0, cut));
}

function lastEnd(text: string, pattern: RegExp): number {
  let end = 0;
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
  return end;
}
