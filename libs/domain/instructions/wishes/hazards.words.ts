import { pattern, toGlobal, wholeWords } from '../text/patterns.js';
import type { Phrase } from '../text/find-phrase.js';
import type { Hazard } from '../model/types.js';

const DOGS_EN = [/dogs?/, 'puppy', /german shepherds?/, /rottweilers?/, /pit ?bulls?/] as const;
const DOGS_ES = [/perr[oa]s?/] as const;
/** "Dog food" and "dog park" mention no dog at the door. */
const THINGS_FOR_DOGS_EN = [
  'food',
  'bed',
  'door',
  'flap',
  'house',
  'kennel',
  'park',
  'crate',
  'walker',
  'walk',
] as const;
const DOG = toGlobal(pattern`\b${[...DOGS_EN, ...DOGS_ES]}\b(?! ${THINGS_FOR_DOGS_EN})`);

const ICE_EN = [
  'icy',
  'black ice',
  /ice (on|all over)/,
  'slippery',
  'slick',
  /snow(y)?/,
  /frozen (steps|path|driveway)/,
] as const;
const ICE_ES = ['hielo', /resbalos[oa]/, 'nieve'] as const;

const BAD_EN = [
  'steep',
  'broken',
  'narrow',
  'rotten',
  'loose',
  'missing',
  'dangerous',
  'lots of',
  'lot of',
  'many',
  'bad',
  'wobbly',
] as const;
/** Icy steps are `ice`; clear steps are no hazard. */
const ICY_OR_FINE_EN = ['icy', 'slick', 'slippery', 'frozen', 'snowy', 'wet', 'clear', 'fine', 'ok'] as const;
const OUT_OF_ORDER_EN = ['broken', 'out', 'down', 'not working', 'work'] as const;
const STAIRS_EN = [
  pattern`${BAD_EN} (\w+ )?(stairs|steps|step|staircase)`,
  pattern`(stairs|steps|staircase) (are|is) (very |really |a bit |quite )?(?!${ICY_OR_FINE_EN})\w+`,
  /(no|without|broken) (elevator|lift)/,
  pattern`(elevator|lift) (is |isn't |doesn't |'s )?${OUT_OF_ORDER_EN}`,
  /flights? of stairs/,
  /walk ?up/,
  /(mind|watch|careful (on|with)) the (stairs|steps?)/,
] as const;
const STAIRS_ES = [/no hay (ascensor|elevador)/, /escaleras? (empinad|rot|peligros)\w+/] as const;

const GATE_VERBS_EN = /('s| is| gets| sticks| won't| doesn't)?/;
const GATE_STATES_EN = [
  'broken',
  'stuck',
  /stick\w*/,
  /jam\w*/,
  'heavy',
  'locked',
  'stiff',
  'hard',
  'dangerous',
  'loose',
  'electric',
  'open',
  'close',
  'latch',
] as const;
const GATE = [
  pattern`gate${GATE_VERBS_EN} ?${GATE_STATES_EN}\b`,
  /(close|shut|lock|latch) the (\w+ )?gate/,
  /gate (closed|shut)/,
  /portones?( esta)? (roto|cerrad|atascad)\w*/,
] as const;

const OTHER_EN = [
  'construction',
  /scaffold(ing)?/,
  /wet (paint|cement|concrete)/,
  'bees',
  'wasps',
  /hornets?/,
  /low (wire|branch|hanging)/,
  'hole in',
  /pot ?holes?/,
  'flooded',
  /mud(dy)?/,
  'broken glass',
  /loose (board|tile|brick|step|paving)\w*/,
  'uneven',
  /road ?works/,
] as const;
const OTHER_ES = ['obras', 'avispas', 'abejas'] as const;

export const HAZARD_PHRASES: readonly (readonly [Hazard, readonly Phrase[]])[] = [
  ['dog', [[DOG, 0.9]]],
  ['ice', [[wholeWords([...ICE_EN, ...ICE_ES]), 0.85]]],
  ['stairs', [[wholeWords([...STAIRS_EN, ...STAIRS_ES]), 0.82]]],
  ['gate', [[toGlobal(pattern`\b${GATE}`), 0.75]]],
  ['other', [[wholeWords([...OTHER_EN, ...OTHER_ES]), 0.75]]],
];
