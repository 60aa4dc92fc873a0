import { wholeWords } from './patterns.js';

const COMMON_ES = [
  'el',
  'la',
  'los',
  'las',
  'por',
  'para',
  'con',
  'que',
  'en',
  'mi',
  'casa',
  'puerta',
  'vecino',
  'vecina',
  'gracias',
  'dejelo',
  'deje',
  'estoy',
  'estare',
  'despues',
  'antes',
  'codigo',
  'perro',
] as const;
const COMMON_EN = [
  'the',
  'my',
  'with',
  'at',
  'it',
  'and',
  'please',
  'leave',
  'door',
  'home',
  'after',
  'before',
  'code',
  'neighbor',
  'neighbour',
  'will',
  'is',
  'to',
  'i',
] as const;
/** Frequent Spanish words, from which the language of a text is detected. */
export const SPANISH = wholeWords(COMMON_ES);
/** Frequent English words. */
export const ENGLISH = wholeWords(COMMON_EN);
