import { isUndecided, matchYesNo } from './quick-match.js';

type Reading = 'yes' | 'no' | 'both' | 'neither';

const read = (text: string, language: 'en' | 'es'): Reading => {
  const match = matchYesNo(text, language);
  if (!match) return 'neither';
  // Below this confidence the caller is asked again.
  if (match.confidence < 0.5) return 'both';
  return match.value ? 'yes' : 'no';
};

const ENGLISH: Readonly<Record<Reading, readonly string[]>> = {
  yes: [
    'yes',
    'sure',
    "that's right",
    'no problem',
    'no worries at all',
    'not a problem',
    'why not',
    "I don't mind",
    "I don't see why not",
    'yes, no problem',
    'no objection',
    'by all means',
    'you bet',
    "I'll be home",
    'Yes, that is fine.',
    'well yes',
  ],
  no: [
    'no',
    'absolutely not',
    'definitely not',
    'of course not',
    'probably not',
    'certainly not',
    "I'm afraid not",
    'not really',
    'no way',
    "I don't think so",
    "that's not right",
    "we won't be there, okay",
    "I'm at work",
    'No, that is wrong.',
  ],
  both: ['yeah no', 'no yeah', "no, I'll be home", 'yes, nobody will be there', "no, that's right"],
  neither: [
    "I'm not sure I'll be home",
    'not certain yet',
    "I don't know",
    'it depends',
    'maybe',
    'I might be home',
    'hard to tell',
    'is somebody there',
    'is anyone there?',
    'are you there',
    'who is this',
    'will you come tomorrow',
    'what time is it coming',
    'leave it on the right side',
    'leave it right by the door',
    "there's no dog",
    "if I'm not home leave it on the porch",
  ],
};

const SPANISH: Readonly<Record<Reading, readonly string[]>> = {
  yes: [
    'sí',
    'claro',
    'cómo no',
    'cómo no, adelante',
    'por qué no',
    'no faltaba más',
    'no hay problema',
    'no hay inconveniente',
    'sin problema',
    'ningún problema',
    'no me molesta',
    'no me importa',
    'claro que sí',
    'sin duda',
    'sí, aquí voy a estar',
  ],
  no: [
    'no',
    'claro que no',
    'por supuesto que no',
    'desde luego que no',
    'para nada',
    'de ninguna manera',
    'creo que no',
    'no creo',
    'qué va',
    'lamentablemente no',
    'no voy a estar',
    'estoy trabajando',
    'hoy no',
  ],
  both: ['no pues sí', 'pues no sí', 'sí no', 'no, bueno sí', 'no, sí voy a estar', 'sí pero no estoy'],
  neither: [
    'no sé',
    'no sé si voy a estar',
    'no estoy segura',
    'a lo mejor',
    'tal vez',
    'depende',
    'quién sabe',
    'cómo que no',
    '¿hay alguien ahí?',
    'hay alguien ahí',
    '¿quién habla?',
    '¿a qué hora vienen?',
    'bueno',
    'si no estoy déjelo con la vecina',
    'no toque el timbre',
    'no lo deje en la puerta',
  ],
};

const toCases = (answers: Readonly<Record<Reading, readonly string[]>>) =>
  Object.entries(answers).flatMap(([expected, texts]) => texts.map((text) => [text, expected] as const));

describe('a yes or no', () => {
  it.each(toCases(ENGLISH))('is read in "%s" as %s', (text, expected) => {
    expect(read(text, 'en')).toBe(expected);
  });

  it.each(toCases(SPANISH))('is read in Spanish in "%s" as %s', (text, expected) => {
    expect(read(text, 'es')).toBe(expected);
  });

  it.each(['not sure', "I'm not 100 percent certain", 'it depends', 'no idea', 'we might be home'])(
    'is not known to a caller who says "%s"',
    (text) => {
      expect(isUndecided(text, 'en')).toBe(true);
    },
  );

  it.each(['no sé', 'quién sabe', 'a lo mejor sí', 'no estamos seguros', 'no tengo idea'])(
    'is not known to a caller who says "%s" in Spanish',
    (text) => {
      expect(isUndecided(text, 'es')).toBe(true);
    },
  );

  it.each(['no se preocupe', 'no se puede'])('is not unknown because of the reflexive pronoun in "%s"', (text) => {
    expect(isUndecided(text, 'es')).toBe(false);
  });
});
