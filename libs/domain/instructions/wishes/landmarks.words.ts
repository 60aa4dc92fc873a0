import { pattern } from '../text/patterns.js';

/** Places around a house that have no value of their own in `SafePlace`. */
const OUTDOORS_EN = ['deck', 'patio', /back ?yard/, 'yard', 'garden', 'terrace'] as const;
const INDOORS_EN = ['lobby', 'foyer', 'hallway', 'hall', /entry ?way/, 'vestibule'] as const;
const BESIDE_EN = [
  'behind',
  'under',
  'underneath',
  'beneath',
  'beside',
  'next to',
  'inside',
  'in',
  'on top of',
  'by',
  'near',
] as const;
const LOOKS_EN = [
  'big ',
  'old ',
  'green ',
  'blue ',
  'red ',
  'black ',
  'white ',
  'brown ',
  'wooden ',
  'little ',
  'small ',
] as const;
const LANDMARKS_EN = [
  /bins?/,
  /trash cans?/,
  /dust ?bins?/,
  /recycling( bin)?/,
  /planters?/,
  /plant ?pots?/,
  /flower ?pots?/,
  /pots?/,
  /bush(es)?/,
  'hedge',
  'bench',
  'grill',
  'bbq',
  'barbecue',
  'chair',
  'cooler',
  'ice chest',
  'basket',
  'box',
  'hot tub',
  'trampoline',
  'stairs',
  'steps',
  /wood ?pile/,
  'wall',
  'fence',
  'tree',
  'greenhouse',
  'conservatory',
  /utility (room|cupboard)/,
  'laundry room',
  /meter (box|cupboard)/,
  'basement',
  /storage( room| box| unit)?/,
  'barn',
  'swing',
  'table',
  'patio',
  'deck',
  /back ?yard/,
  'garden',
] as const;
/** What follows "behind the" in figures of speech, and where a place of another kind follows. */
const NOT_A_LANDMARK_EN = /(?!(name|impression|weather|wheel|scenes|time|door|number|circumstances)\b)/;
export const OTHER_PLACES_EN = [
  pattern`(on|in|into|onto|to) (the |my |our )?(back |rear |side )?${OUTDOORS_EN}`,
  /over the (\w+ )?fence/,
  pattern`(in|inside) the ${INDOORS_EN}`,
  pattern`${BESIDE_EN} (the |my |our |a )?${LOOKS_EN}*${LANDMARKS_EN}`,
  /(patio|deck|back ?yard) (?=please)/,
  pattern`(behind|under|underneath|beneath) (the |my |our |a |that )${NOT_A_LANDMARK_EN}([a-z]+ )?[a-z]+`,
] as const;

const HOURS_ES = [
  'una',
  'dos',
  'tres',
  'cuatro',
  'cinco',
  'seis',
  'siete',
  'ocho',
  'nueve',
  'diez',
  'once',
  'doce',
] as const;
/** What follows "detrás de" where it is a time or the customer's own house. */
const NOT_A_LANDMARK_ES = pattern`(?!(las? \w+ y|las ${HOURS_ES}|mi (casa|nombre))\b)`;
const CONTAINERS_ES = ['maceta', 'macetas', 'bote', 'basura', 'contenedor', 'arbusto', 'banco', 'arbol'] as const;
const FIXTURES_ES = ['escalera', 'parrilla', 'patio', 'jardin', 'caja'] as const;
export const OTHER_PLACES_ES = [
  pattern`(detras|atras|debajo|abajo|encima) de(l| la| las| los| el| un| una| mi)? ?${NOT_A_LANDMARK_ES}[a-z]+`,
  pattern`(al lado|dentro) de(l)? (la |las |los |el )?${[...CONTAINERS_ES, ...FIXTURES_ES]}`,
] as const;
