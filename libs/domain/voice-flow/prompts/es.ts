import { DateTime } from 'luxon';
import type { Noted, PlacementReason, PromptCatalog } from './catalog.js';
import { toShortDay } from './short-day.js';

const toHello = (customerName: string | undefined): string => (customerName ? `Hola ${customerName},` : 'Hola,');

const PLACES = { front_door: 'en la puerta principal', neighbour: 'con un vecino' } as const;

const PLACEMENT: Readonly<Record<PlacementReason, string>> = {
  absent: '¿Dónde lo dejamos',
  undecided: 'Si no hay nadie, ¿dónde lo dejamos',
  fallback: 'Y si nadie abre, ¿dónde lo dejamos',
};

export const es: PromptCatalog = {
  greeting: ({ customerName, organizationName, parcel }) =>
    `${toHello(customerName)} es la línea automática de ${organizationName} sobre ${parcel ?? 'su entrega'}.`,
  ringBackGreeting: ({ customerName, organizationName, parcel }) =>
    `${toHello(customerName)} gracias por llamar. Es la línea automática de ${organizationName} sobre ${parcel ?? 'su entrega'}.`,
  noOpenQuestion:
    'Gracias por llamar. Esta es una línea automática sobre entregas, y no hay ninguna sobre la que tengamos una pregunta. Adiós.',
  recordingNotice: 'Esta llamada se graba.',
  optOutHint: 'Oprima 9 para no recibir llamadas.',
  consentQuestion: '¿Podemos grabar esta llamada?',
  consentAgain: 'Así su repartidor escucha lo que usted diga. ¿Está bien grabar? Oprima 1 para sí, o 2 para no.',
  recordingStarts: 'Gracias.',
  notRecorded: 'Está bien, no grabamos.',
  presenceQuestion: (window) => `${capitalize(window)}: ¿habrá alguien, o dónde lo dejamos?`,
  presenceAgain: (window, { canReschedule }) =>
    `Su paquete llega ${window}. Oprima 1 si habrá alguien, 2 si no habrá nadie${canReschedule ? ', o 5 para otro día' : ''}. O simplemente diga dónde dejarlo.`,
  correctionQuestion: '¿Habrá alguien, o dónde lo dejamos?',
  correcting: 'Disculpe.',
  noted: 'Anotado.',
  presenceCheck: 'Solo para confirmar: ¿habrá alguien?',
  presenceCheckAgain: 'Oprima 1 si habrá alguien, o 2 si no habrá nadie.',
  refusalConfirm: 'Usted no quiere este paquete, y lo devolvemos. ¿Es correcto?',
  refusalAgain: '¿Devolvemos el paquete? Oprima 1 para devolverlo, o 2 para recibirlo.',
  slotsQuestion: (windows) =>
    windows.length === 1
      ? `Podemos ir ${windows.join()}. ¿Le queda bien?`
      : `Podemos ir ${windows.join(', o ')}. ¿Cuál le queda bien?`,
  slotOption: (key, window) => `Para ${window}, oprima ${key}.`,
  slotNoneOption: (key) => `Para dejarlo como estaba, oprima ${key}.`,
  slotConfirm: (window) => `Entonces vamos ${window}. ¿Es correcto?`,
  slotConfirmAgain: (window) => `¿Vamos ${window}? Oprima 1 si es correcto, o 2 si no.`,
  placementQuestion: (reason, { canReschedule }) =>
    `${PLACEMENT[reason]}${canReschedule ? ', o prefiere otro día' : ''}?`,
  placementAgain: (reason, { canReschedule, canLeaveMessage }) =>
    [
      `${PLACEMENT[reason]}? Oprima 1 para la puerta principal, 2 para un vecino, o 3 para otro lugar.`,
      ...(canLeaveMessage ? ['Oprima 4 para dejarle un mensaje al repartidor.'] : []),
      ...(canReschedule ? ['Oprima 5 para otro día.'] : []),
    ].join(' '),
  messageInvitation: 'Hable con el repartidor después del tono, y oprima la tecla numeral al terminar.',
  instructionsQuestion: (place) => (place === 'neighbour' ? '¿Con cuál vecino?' : '¿Dónde debe dejarlo el repartidor?'),
  instructionsAgain: (place) =>
    place === 'neighbour'
      ? 'Diga el nombre o la puerta del vecino. U oprima 1 para seguir.'
      : 'Diga el lugar, como el porche o el garaje. U oprima 1 para seguir.',
  codeQuestion:
    'La grabación está en pausa. ¿Hay un código para el portón o la puerta? Dígalo, o márquelo y oprima numeral, o diga no.',
  codeAgain: 'Diga el código, o márquelo y oprima la tecla numeral. Oprima 1 si no hay.',
  readBack: (noted) => `Entonces ${toSentence(noted)}. ¿Es correcto?`,
  readBackAgain: (noted) => `Repito: ${toSentence(noted)}. Oprima 1 si es correcto, o 2 para cambiarlo.`,
  notUnderstood: 'Disculpe, no le entendí.',
  nothingHeard: 'Disculpe, no le escuché.',
  waiting: 'Claro, tómese su tiempo.',
  whoIsCalling: ({ organizationName, parcel }) =>
    `Le llama ${organizationName} por la entrega de ${parcel ?? 'un paquete'}.`,
  transferring: 'Claro. Un momento, le comunico.',
  takingOver: 'Un momento, por favor, un compañero quiere hablar con usted.',
  nobodyFree: 'Disculpe, ahora no hay nadie disponible.',
  outOfOrder: 'Disculpe, ahora no podemos continuar esta llamada. Volveremos a comunicarnos con usted. Adiós.',
  rescheduled: (window) => `Entonces iremos el ${window}.`,
  thanks: 'Gracias. Hasta luego.',
  followUp: 'Le enviaremos un mensaje para que nos responda cuando pueda. Gracias, hasta luego.',
  optedOut: 'No le volveremos a llamar. Adiós.',
  wrongNumber: 'Disculpe la molestia. No volveremos a llamar a este número. Adiós.',
  refused: 'Está bien, lo devolvemos. Hasta luego.',
  voicemail: ({ organizationName, parcel, window, callbackNumber }) =>
    `Hola. Le habla ${organizationName} sobre ${parcel ?? 'un paquete'} que pensamos entregar el ${window}. ` +
    (callbackNumber
      ? `Para decirnos dónde dejarlo, o para no recibir más llamadas, llame al ${callbackNumber}. Adiós.`
      : 'Le enviaremos un mensaje para que nos diga dónde dejarlo o pida no recibir más llamadas. Adiós.'),
  hints: {
    yesNo: ['sí', 'no', 'repita', 'otro día', 'no me llamen más', 'número equivocado'],
    placement: ['puerta principal', 'puerta trasera', 'garaje', 'vecino', 'recepción', 'buzón', 'código', 'perro'],
  },
  window: ({ start, end }, zone) => {
    const from = DateTime.fromJSDate(start, { zone }).setLocale('es');
    const to = DateTime.fromJSDate(end, { zone }).setLocale('es');
    return `${from.toFormat("cccc d 'de' LLLL")}, entre ${toClock(from)} y ${toClock(to)}`;
  },
  shortWindow: ({ start, end }, zone, now) => {
    const from = DateTime.fromJSDate(start, { zone }).setLocale('es');
    const to = DateTime.fromJSDate(end, { zone }).setLocale('es');
    const kind = toShortDay(from, now);
    const day = {
      today: 'hoy',
      tomorrow: 'mañana',
      weekday: `el ${from.toFormat('cccc')}`,
      date: `el ${from.toFormat("cccc d 'de' LLLL")}`,
    };
    const opening = toPart(from) === toPart(to) ? toHour(from) : toClock(from);
    return `${day[kind]}, de ${withoutArticle(opening)} a ${withoutArticle(toClock(to))}`;
  },
};

/** A time of day as spoken, with hours and minutes in digits: "las 2 de la tarde", "la 1 y 30 de la tarde". */
const toClock = (time: DateTime): string => `${toHour(time)} ${toPart(time)}`;

function toHour(time: DateTime): string {
  const hour = time.hour % 12 || 12;
  return `${hour === 1 ? 'la' : 'las'} ${hour}${time.minute === 0 ? '' : ` y ${time.minute}`}`;
}

/** "De 2 a 4" needs no article. */
const withoutArticle = (clock: string): string => clock.replace(/^las? /, '');

const toPart = ({ hour }: DateTime): string => (hour < 12 ? 'de la mañana' : hour < 20 ? 'de la tarde' : 'de la noche');

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What was noted, as one sentence without its end: "no habrá nadie, y lo dejamos en el porche". */
function toSentence(noted: Noted): string {
  const { presence, isUndecided, person, place, placeWords, excludedWords, codeNoted, messageLeft, words } = noted;
  const where = place ? (placeWords ?? PLACES[place]) : placeWords;
  const leaving = where ? `lo dejamos ${where}${excludedWords ? `, no ${excludedWords}` : ''}` : '';
  const ruledOut = !where && excludedWords ? `no lo dejamos ${excludedWords}` : '';
  const there = person ? `${person.startsWith('sus ') ? 'estarán' : 'estará'} ${person}` : 'habrá alguien';
  const main = [
    presence === undefined ? '' : presence ? there : 'no habrá nadie',
    leaving && isUndecided ? `si no hay nadie, ${leaving}` : leaving,
    ruledOut,
  ].filter((part) => part !== '');
  const additions = [
    codeNoted ? 'el código queda anotado' : '',
    messageLeft ? 'pasamos su mensaje' : '',
    words ? 'pasamos sus palabras' : '',
  ].filter((part) => part !== '');
  return [main.join(', y '), additions.join(', y ')].filter((part) => part !== '').join('; ');
}
