import { DateTime } from 'luxon';
import type { PromptCatalog } from './catalog.js';

const PLACES = { front_door: 'Dejarlo en la puerta principal', neighbour: 'Dejarlo con un vecino' } as const;

export const es: PromptCatalog = {
  greeting: ({ customerName, organizationName, parcel, window }) =>
    `Hola${customerName ? ` ${customerName}` : ''}. Le habla el sistema automático de ${organizationName} sobre ${parcel ?? 'un paquete'} que pensamos entregar el ${window}.`,
  ringBackGreeting: ({ customerName, organizationName, parcel, window }) =>
    `Hola${customerName ? ` ${customerName}` : ''}, gracias por devolver la llamada. Esta es la línea automática de ${organizationName} sobre ${parcel ?? 'un paquete'} que pensamos entregar el ${window}.`,
  noOpenQuestion:
    'Gracias por llamar. Esta es una línea automática sobre entregas, y no hay ninguna sobre la que tengamos una pregunta. Adiós.',
  recordingNotice: 'Esta llamada se graba.',
  optOutHint: 'Oprima 9 en cualquier momento para no recibir más estas llamadas.',
  consentQuestion: '¿Podemos grabar esta llamada para que el repartidor escuche sus instrucciones?',
  consentKeys: 'Diga sí u oprima 1 para aceptar, o diga no u oprima 2.',
  presenceQuestion: '¿Habrá alguien a esa hora?',
  presenceKeys: 'Diga sí u oprima 1, o diga no u oprima 2.',
  presenceConfirm: (value) =>
    `Entendí que ${value ? 'sí habrá alguien' : 'no habrá nadie'}. Oprima 1 si es correcto, o 2 si no.`,
  slotsQuestion: 'Podemos ir en otro momento.',
  slotOption: (key, window) => `Para el ${window}, oprima ${key}.`,
  slotNoneOption: (key) => `Para recibirlo como estaba previsto aunque no esté, oprima ${key}.`,
  slotConfirm: (window) => `Entendí el ${window}. Oprima 1 si es correcto, o 2 si no.`,
  placementQuestion: '¿Cómo quiere que lo entreguemos?',
  placementKeys:
    'Oprima 1 para dejarlo en la puerta principal, 2 para un vecino, 3 para otro lugar seguro, o simplemente díganos qué prefiere.',
  messageKey: 'Oprima 4 para dejarle al repartidor un mensaje hablado.',
  messageInvitation: 'Hable con el repartidor después del tono, y oprima la tecla numeral al terminar.',
  instructionsQuestion:
    'Dígale ahora al repartidor dónde dejarlo y lo que le ayude, como un código, un nombre o un perro. Oprima 1 si no hay nada más.',
  instructionsWithoutCode:
    'Dígale ahora al repartidor dónde dejarlo y lo que le ayude, como un nombre o un perro. Después le pediremos el código. Oprima 1 si no hay nada más.',
  codeQuestion:
    'Ahora se detiene la grabación. Si hay un código para un portón o una puerta, dígalo, o márquelo y oprima la tecla numeral. Diga no u oprima 1 si no hay.',
  readBack: ({ presence, place, words, messageLeft }) =>
    [
      'He anotado:',
      ...(presence === undefined ? [] : [presence ? 'habrá alguien.' : 'no habrá nadie.']),
      ...(place ? [`${PLACES[place]}.`] : []),
      ...(words ? [`Usted dijo: ${words}.`] : []),
      ...(messageLeft ? ['Dejó un mensaje.'] : []),
    ].join(' '),
  confirmKeys: 'Diga sí u oprima 1 si es correcto. Oprima 2 para cambiarlo.',
  notUnderstood: 'Disculpe, no le entendí.',
  nothingHeard: 'Disculpe, no escuché nada.',
  waiting: 'Claro, espero.',
  whoIsCalling: ({ organizationName, parcel }) =>
    `Le llama ${organizationName} por la entrega de ${parcel ?? 'un paquete'}.`,
  transferring: 'Claro. Un momento, le comunico.',
  takingOver: 'Un momento, por favor, un compañero quiere hablar con usted.',
  nobodyFree: 'Disculpe, ahora no hay nadie disponible.',
  outOfOrder: 'Disculpe, ahora no podemos continuar esta llamada. Volveremos a comunicarnos con usted. Adiós.',
  rescheduled: (window) => `Gracias. Iremos el ${window}.`,
  thanks: 'Gracias. El repartidor recibirá sus instrucciones. Adiós.',
  followUp: 'Gracias. Le enviaremos un mensaje para que nos responda cuando pueda. Adiós.',
  optedOut: 'No le volveremos a llamar. Adiós.',
  voicemail: ({ organizationName, parcel, window, callbackNumber }) =>
    `Hola. Le habla ${organizationName} sobre ${parcel ?? 'un paquete'} que pensamos entregar el ${window}. ` +
    (callbackNumber
      ? `Para decirnos dónde dejarlo, o para no recibir más llamadas, llame al ${callbackNumber}. Adiós.`
      : 'Le enviaremos un mensaje para que nos diga dónde dejarlo o pida no recibir más llamadas. Adiós.'),
  hints: {
    yesNo: ['sí', 'no', 'repita', 'otro día', 'no me llamen más'],
    placement: ['puerta principal', 'puerta trasera', 'garaje', 'vecino', 'recepción', 'buzón', 'código', 'perro'],
  },
  window: ({ start, end }, zone) => {
    const from = DateTime.fromJSDate(start, { zone }).setLocale('es');
    const to = DateTime.fromJSDate(end, { zone }).setLocale('es');
    return `${from.toFormat("cccc d 'de' LLLL")}, entre ${clock(from)} y ${clock(to)}`;
  },
};

/** A time of day as spoken, with hours and minutes in digits: "las 2 de la tarde", "la 1 y 30 de la tarde". */
function clock(time: DateTime): string {
  const part = time.hour < 12 ? 'de la mañana' : time.hour < 20 ? 'de la tarde' : 'de la noche';
  const hour = time.hour % 12 || 12;
  return `${hour === 1 ? 'la' : 'las'} ${hour}${time.minute === 0 ? '' : ` y ${time.minute}`} ${part}`;
}
