import { timeOfDay } from '#libs/domain/time/index.js';

const listOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const valuesOf = (pairs: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    pairs.split(' ').map((pair) => {
      const [word = '', value = ''] = pair.split('=');
      return [word, Number(value)];
    }),
  );

/** Number words of hours. All words of this file are folded: lower case, without accents. */
export const HOURS = valuesOf(
  'one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 una=1 uno=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12',
);
/** Number words of minutes and of days of the month. */
export const NUMBERS: Readonly<Record<string, number>> = {
  ...HOURS,
  ...valuesOf(
    'a=1 an=1 un=1 couple=2 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 trece=13 catorce=14 quince=15 dieciseis=16 diecisiete=17 dieciocho=18 diecinueve=19 veinte=20 veintiun=21 veintiuno=21 veintiuna=21 veintidos=22 veintitres=23 veinticuatro=24 veinticinco=25 veintiseis=26 veintisiete=27 veintiocho=28 veintinueve=29 treinta=30 cuarenta=40 cincuenta=50',
  ),
};
/** Ordinal numbers of days of the month. */
export const ORDINALS = valuesOf(
  'first=1 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10 eleventh=11 twelfth=12 thirteenth=13 fourteenth=14 fifteenth=15 sixteenth=16 seventeenth=17 eighteenth=18 nineteenth=19 twentieth=20 thirtieth=30 primero=1',
);
/** Weekdays by ISO 8601 number: Monday is 1. */
export const WEEKDAYS = valuesOf(
  'monday=1 mondays=1 mon=1 tuesday=2 tuesdays=2 tue=2 tues=2 wednesday=3 wednesdays=3 wed=3 weds=3 thursday=4 thursdays=4 thu=4 thur=4 thurs=4 friday=5 fridays=5 fri=5 saturday=6 saturdays=6 sat=6 sunday=7 sundays=7 sun=7 lunes=1 martes=2 miercoles=3 jueves=4 viernes=5 sabado=6 sabados=6 domingo=7 domingos=7',
);
/** Months by number: January is 1. */
export const MONTHS = valuesOf(
  'january=1 february=2 march=3 april=4 may=5 june=6 july=7 august=8 september=9 october=10 november=11 december=12 jan=1 feb=2 mar=3 apr=4 jun=6 jul=7 aug=8 sep=9 sept=9 oct=10 nov=11 dec=12 enero=1 febrero=2 marzo=3 abril=4 mayo=5 junio=6 julio=7 agosto=8 septiembre=9 octubre=10 noviembre=11 diciembre=12',
);

/** A part of the day, in minutes after midnight. */
export const PARTS: Readonly<Record<string, readonly [from: number, to: number]>> = {
  ...Object.fromEntries(['morning', 'mornings'].map((word) => [word, [timeOfDay(8), timeOfDay(12)]])),
  ...Object.fromEntries(
    ['afternoon', 'afternoons', 'arvo', 'arvos', 'tarde', 'tardes', 'tardecita'].map((word) => [
      word,
      [timeOfDay(12), timeOfDay(17)],
    ]),
  ),
  ...Object.fromEntries(
    ['evening', 'evenings', 'eve', 'night', 'nights', 'tonight', 'noche', 'noches', 'nochecita'].map((word) => [
      word,
      [timeOfDay(17), timeOfDay(21)],
    ]),
  ),
  ...Object.fromEntries(
    ['lunch', 'lunchtime', 'lunchtimes', 'almuerzo', 'comida'].map((word) => [word, [timeOfDay(12), timeOfDay(13)]]),
  ),
};
/** Words for noon. */
export const NOON = listOf('noon midday mediodia noontime');
/** Words for midnight. */
export const MIDNIGHT = listOf('midnight medianoche');
/** Words before Spanish "mañana" that make it the morning; without one of them it is tomorrow. */
export const BEFORE_MORNING_ES = listOf('la las esta toda');

/** Words for a quarter of an hour. */
export const QUARTER = listOf('quarter cuarto');

/** Words that bound a time from below or above. A negation before them inverts them. */
export const AFTER = listOf(
  'after from since past starting despues desde partir pasando pasadas pasada pasado pasaditas luego tras afterwards beyond',
);
/** See {@link AFTER}. */
export const BEFORE = listOf("before until till til untill til' 'til by hasta antes previo prior");
/** Words before a range of times. */
export const BETWEEN = listOf('between entre btw btwn');
/** Words before a point in time. */
export const AT = listOf('at around about @ roughly approximately circa tipo approx near nearly almost close');
/** Words between the two times of a range. */
export const TO = listOf('to till til until through thru - – y and a hasta e & n');
/** Negations. */
export const NOT = listOf('not no ni nunca never nor tampoco neither isnt dont nothing nada');
/** Single words for any time of the day. */
export const ALL_DAY = listOf('anytime whenever');

/** Words that belong to a time and do not change it. */
export const FILLERS = listOf(
  "the at on in of a an el la las los lo de del al por en a para que es son sea ser it is its be this that like about maybe probably around say so um uh er well just only please kindly solely purely nomas solo solamente unicamente por favor porfa eso como mas menos o sea bueno pues este ya then there sometime some time any anytime whenever point o'clock oclock sharp punto exactly exact right ish exactas early late mid still every each again cada todos temprano temprana tempranito tardecito tambien too either roughly approximately early , . really pretty preferably ideally definitely hopefully strictly best good fine okay ok great sure yeah yes si want need love dear mate sir sorry i'm i im am you come here home round up end first thing both same mismo misma or hasta",
);
