const valuesOf = (pairs: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    pairs.split(' ').map((pair) => {
      const [word = '', value = ''] = pair.split('=');
      return [word, value];
    }),
  );

/** Values of the words of spoken codes, as keyed: units. Folded, as all words of this file. */
export const UNITS = valuesOf(
  'zero=0 oh=0 o=0 nought=0 naught=0 aught=0 ought=0 nil=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 cero=0 uno=1 una=1 un=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9',
);
/** Numbers from 10 to 19, and Spanish ones up to 29. */
export const TEENS = valuesOf(
  'ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 diez=10 once=11 doce=12 trece=13 catorce=14 quince=15 dieciseis=16 diecisiete=17 dieciocho=18 diecinueve=19 veintiuno=21 veintiun=21 veintidos=22 veintitres=23 veinticuatro=24 veinticinco=25 veintiseis=26 veintisiete=27 veintiocho=28 veintinueve=29',
);
/** Multiples of ten from 20 to 90. */
export const TENS = valuesOf(
  'twenty=20 thirty=30 forty=40 fourty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 veinte=20 treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90',
);
/** Spanish hundreds. */
export const HUNDREDS = valuesOf(
  'cien=100 ciento=100 doscientos=200 trescientos=300 cuatrocientos=400 quinientos=500 seiscientos=600 setecientos=700 ochocientos=800 novecientos=900',
);
/** Phrases of several words for one key or letter. Read before single words. */
export const PHRASES: readonly (readonly [phrase: string, value: string])[] = [
  ['signo de numero', '#'],
  ['signo de gato', '#'],
  ['signo de numeral', '#'],
  ['tecla de gato', '#'],
  ['tecla gato', '#'],
  ['tecla numeral', '#'],
  ['tecla de numeral', '#'],
  ['number sign', '#'],
  ['pound sign', '#'],
  ['pound key', '#'],
  ['hash key', '#'],
  ['hash sign', '#'],
  ['hash tag', '#'],
  ['star key', '*'],
  ['star sign', '*'],
  ['tecla de asterisco', '*'],
  ['tecla asterisco', '*'],
  ['signo de asterisco', '*'],
  ['doble u', 'W'],
  ['doble ve', 'W'],
  ['doble uve', 'W'],
  ['uve doble', 'W'],
  ['ve doble', 'W'],
  ['double u', 'W'],
  ['be grande', 'B'],
  ['be larga', 'B'],
  ['be de burro', 'B'],
  ['b grande', 'B'],
  ['ve chica', 'V'],
  ['v chica', 'V'],
  ['ve corta', 'V'],
  ['ve de vaca', 'V'],
  ['i griega', 'Y'],
  ['y griega', 'Y'],
  ['i latina', 'I'],
];
/** Names of the keys `*` and `#`. */
export const KEYS = valuesOf(
  'star=* asterisk=* asterisks=* asterix=* asterisco=* estrella=* estrellita=* pound=# hash=# hashtag=# gato=# numeral=# almohadilla=# michi=# #=# *=*',
);
/** Words that repeat the digit after them. */
export const MULTIPLES: Readonly<Record<string, number>> = { double: 2, doble: 2, triple: 3, treble: 3, dobles: 2 };
/** Names of letters in Spanish, and in English as recognizers write them. */
export const LETTER_NAMES = valuesOf(
  'be=B ce=C efe=F ge=G hache=H jota=J ka=K ele=L eme=M ene=N pe=P cu=Q erre=R ere=R ese=S te=T uve=V ve=V equis=X ye=Y zeta=Z bee=B cee=C dee=D gee=G jay=J kay=K pee=P cue=Q tee=T zed=Z zee=Z aitch=H',
);
/** Words between a letter and the word that spells it: "b as in boy", "a for apple", "a de ana". */
export const SPELLING_HELP: readonly string[] = [
  'as in',
  'like in',
  'for',
  'like',
  'de',
  'como',
  'como en',
  'como de',
  'as for',
];
/** Words that may stand between the pieces of a code. */
export const CONNECTORS: ReadonlySet<string> = new Set(
  'then and followed by the a key press hit with y luego despues seguido de la el tecla , . - – then dash space letter letra letters capital mayuscula lowercase minuscula number numero numbers digits again another otro otra vez por favor please key primero first finally al final con mas plus punto'.split(
    ' ',
  ),
);
/** Digits that recognizers write as other words, read only among digits. */
export const HOMOPHONES = valuesOf('won=1 ate=8 to=2 too=2 for=4 fore=4');
/** The homophones that are also ordinary words between numbers: "from four to seven". */
export const COMMON_HOMOPHONES: ReadonlySet<string> = new Set(['to', 'too', 'for', 'fore']);
/** Spanish eleven, which is an English word too. It is a number only beside another Spanish number. */
export const AMBIGUOUS_ELEVEN = 'once';
