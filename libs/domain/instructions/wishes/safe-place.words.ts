import { pattern, type Term } from '../text/patterns.js';
import type { SafePlace } from '../model/types.js';
import { OTHER_PLACES_EN, OTHER_PLACES_ES } from './landmarks.words.js';

const PERSONS_EN = ['people', 'folks', 'lady', 'woman', 'man', 'guy', 'couple', 'family'] as const;
const WHERE_THEY_LIVE_EN = [
  'next door',
  'across',
  'upstairs',
  'downstairs',
  'opposite',
  /(at|in|from) (number|apartment|flat|unit|house)/,
] as const;
const NEIGHBOR_EN = [
  /next[- ]?door(?! to)/,
  /try(?= (number|flat|apartment|unit|house) )/,
  /(the |my |our |a |any )?neighbou?rs?('s)?/,
  pattern`(the )?${PERSONS_EN} ${WHERE_THEY_LIVE_EN}`,
  /across the (hall|street|road|way)/,
] as const;
const NEIGHBOR_ES = [/(el |la |mi |los |un |una )?vecin[oa]s?/] as const;

const CONCIERGE_EN = [
  'concierge',
  'doorman',
  'door man',
  'caretaker',
  'porter',
  /building (manager|super)/,
  'superintendent',
  /security( guard| desk| officer)?/,
  /watchm[ae]n/,
  /gate ?keeper/,
  /guard ?(house|shack|room)/,
] as const;
const CONCIERGE_ES = [
  'conserje',
  'portero',
  'conserjeria',
  'porteria',
  'vigilante',
  'guardia',
  /caseta( de vigilancia)?/,
] as const;

const RECEPTION_EN = [
  /reception(ist)?/,
  'front desk',
  'lobby desk',
  'leasing office',
  'main office',
  'rental office',
  /mail ?room/,
] as const;
const RECEPTION_ES = [/recepcion(ista)?/] as const;

const LOCKER_EN = [
  /(parcel|package|amazon|delivery|pick ?up)? ?lockers?/,
  'parcel box',
  'delivery box',
  'package box',
  'drop box',
] as const;
const LOCKER_ES = ['casillero', 'taquilla', 'locker'] as const;

const MAILBOX_EN = [/mail ?box(es)?/, /letter ?box/, /post ?box/, 'mail slot'] as const;
const GARAGE_EN = [/garages?( door)?/, /car ?port/] as const;
const SHED_EN = [/(garden|tool|bike|back ?yard|potting|wood)? ?sheds?/, 'outhouse'] as const;
const PORCH_EN = [/(front|back|side|screened)? ?porch/, /verandah?/, 'stoop'] as const;

const BACK_DOOR_EN = [
  /(back|rear|kitchen|patio)[- ]?door/,
  /back (of the house|entrance|step|steps)/,
  /rear (entrance|of the house)/,
  'round the back',
  /around (the )?back/,
  /(in|at|to|by) the back(?! ?(of|seat|yard|gate|porch|garden|fence|door|step|steps))/,
  'out back',
] as const;
const BACK_DOOR_ES = [/puerta (de atras|trasera|de la cocina)/, /(por|en la parte de) (atras|detras)/] as const;

const CAR_EN = [
  /(in|inside) (the |my )?(car|truck|van)( trunk| boot)?/,
  /(in|inside) the (back|bed|boot|trunk) of (the|my) (car|truck|van|pick ?up)/,
  /(boot|trunk) of (the|my) car/,
  /car (boot|trunk)/,
  /(on|in) the (back|front|passenger) seat/,
] as const;
const CAR_ES = [/(en|dentro de) (el|mi) (coche|carro|auto)/, 'maletero'] as const;

const FRONT_DOOR_EN = [
  /front[- ]?(door|step|steps|doorstep|entrance|mat)/,
  /door ?step/,
  /door ?mat/,
  /(under|on|beneath) the (welcome )?mat/,
  /(at|by|outside|near|in front of) (the|my|our) (apartment |flat |house )?door/,
  /(on|at) (the|my|our) (front )?steps?/,
  /(screen|storm) door/,
  /main (door|entrance)/,
] as const;
const FRONT_DOOR_ES = [
  /puerta (principal|de (la )?entrada|de enfrente|delantera)/,
  /(en|junto a|frente a) la puerta/,
] as const;

const GATE_EN = [
  /(side|back|front|garden|by the|behind the|inside the|at the|over the) ?(garden |side |back |front )?gate/,
] as const;
const GATE_ES = [/(en|detras de|junto a) (el|la) (porton|reja|cancela|verja)/] as const;

/** Words for places, specific ones first: "side gate" before "gate", "garage door" before "door". */
export const PLACE_WORDS: readonly (readonly [SafePlace, readonly Term[]])[] = [
  ['neighbour', [...NEIGHBOR_EN, ...NEIGHBOR_ES]],
  ['concierge', [...CONCIERGE_EN, ...CONCIERGE_ES]],
  ['reception', [...RECEPTION_EN, ...RECEPTION_ES]],
  ['locker', [...LOCKER_EN, ...LOCKER_ES]],
  ['mailbox', [...MAILBOX_EN, 'buzon']],
  ['garage', [...GARAGE_EN, 'garaje', 'cochera']],
  ['shed', [...SHED_EN, 'cobertizo', 'galpon']],
  ['porch', [...PORCH_EN, 'porche']],
  ['balcony', ['balcony', 'balcon']],
  ['back_door', [...BACK_DOOR_EN, ...BACK_DOOR_ES]],
  ['side_door', [/side[- ]?(door|entrance)/, /puerta (lateral|de lado|del costado)/]],
  ['car', [...CAR_EN, ...CAR_ES]],
  ['front_door', [...FRONT_DOOR_EN, ...FRONT_DOOR_ES]],
  ['gate', [...GATE_EN, ...GATE_ES]],
  ['other', [...OTHER_PLACES_EN, ...OTHER_PLACES_ES]],
];
