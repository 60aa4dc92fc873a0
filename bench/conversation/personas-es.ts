import { press, say, SILENT, type Manner, type Meaning, type Persona } from './persona.js';

const speaker = (name: string, manner: Manner, means: Meaning, acts: Persona['acts']): Persona => ({
  name,
  language: 'es',
  manner,
  means,
  acts,
});

const AS_PLANNED = [say('déjelo como estaba previsto')];

const home = (name: string, text: string): Persona =>
  speaker(name, 'cooperative', { presence: true }, { presence: [say(text)], placement: [say('toque el timbre')] });

const absent = (name: string, no: string, where: string, means: Meaning): Persona =>
  speaker(
    name,
    'cooperative',
    { presence: false, ...means },
    {
      presence: [say(no)],
      slots: AS_PLANNED,
      placement: [say(where)],
    },
  );

const atOnce = (name: string, text: string, means: Meaning, place: string): Persona =>
  speaker(name, 'at_once', means, { presence: [say(text)], placement: [say(place)], slots: [say(place)] });

const other = (name: string, means: Meaning, acts: Persona['acts']): Persona => speaker(name, 'other', means, acts);

/** People who answer in Spanish. */
export const SPANISH: readonly Persona[] = [
  home('en casa', 'sí'),
  home('en casa, cómo no', 'cómo no, aquí voy a estar'),
  home('la esposa', 'yo no, pero mi esposa sí va a estar'),
  home('está la mamá', 'no estoy pero está mi mamá'),
  absent('fuera, vecina', 'no voy a estar', 'déjelo con la vecina', { place: 'vecina' }),
  absent('fuera, porche', 'no, estoy trabajando', 'en el porche de atrás', { place: 'porche' }),
  absent('llega tarde', 'llego hasta las cinco', 'en la puerta principal', { place: 'front_door' }),
  absent('fuera, código', 'no hay nadie', 'en el garaje, el código es cuatro dos siete uno', {
    place: 'garaje',
    code: '4271',
  }),
  atOnce('todo: vecina', 'no voy a estar, déjelo con la vecina', { presence: false, place: 'vecina' }, 'con la vecina'),
  atOnce(
    'todo: porche y código',
    'déjelo en el porche, el código es cuatro dos siete uno',
    { place: 'porche', code: '4271' },
    'en el porche',
  ),
  atOnce('todo: recepción', 'déjelo en la recepción por favor', { place: 'recepción' }, 'en la recepción'),
  atOnce(
    'todo: perro',
    'no estamos, déjelo en el garaje y cuidado con el perro',
    { presence: false, place: 'garaje', words: ['perro'] },
    'en el garaje',
  ),
  other(
    'no oye',
    { presence: true },
    {
      consent: [say('¿mande?'), say('sí')],
      presence: [say('no le escucho'), say('sí, aquí estoy')],
      placement: [say('toque el timbre')],
    },
  ),
  other(
    'no pues sí',
    { presence: true },
    {
      presence: [say('no pues sí')],
      presence_check: [say('sí')],
      placement: [say('toque el timbre')],
    },
  ),
  other(
    'no sabe',
    { place: 'puerta' },
    {
      presence: [say('no sé si voy a estar')],
      presence_check: [say('no sé')],
      placement: [say('en la puerta de atrás')],
    },
  ),
  other('otro día', { slot: 's1' }, { presence: [say('mejor otro día')], slots: [say('la primera opción')] }),
  other(
    'no lo quiere',
    { refused: true },
    {
      presence: [say('ya no lo quiero, regréselo')],
      placement: [say('regréselo')],
      slots: [say('regréselo')],
    },
  ),
  other(
    'número equivocado',
    { optOut: 'wrong_number' },
    { consent: [say('número equivocado')], presence: [say('número equivocado')] },
  ),
  other('no más llamadas', { optOut: 'wish' }, { presence: [say('no me llamen más')] }),
  other(
    'solo teclas',
    { presence: false, place: 'front_door' },
    {
      consent: [press('1')],
      presence: [press('2')],
      slots: [press('3')],
      placement: [press('1')],
      instructions: [press('1')],
      confirm: [press('1')],
    },
  ),
  other('callado', { followUp: true }, { consent: [SILENT], presence: [SILENT] }),
];
