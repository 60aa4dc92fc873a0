import type { TextReason } from './text-message.values.js';
import { PROMPTS, type Language } from '#libs/domain/voice-flow/index.js';
import type { Interval } from '#libs/domain/time/index.js';

export type { TextReason };

/** The kinds of reply to a customer's text. */
export type ReplyKind = 'noted' | 'no_open_question' | 'help' | 'stopped' | 'started';

/** The delivery that a text is about. */
export interface TextContext {
  readonly organizationName: string;
  /** The parcel as written in a sentence, such as "your new lamp". Default "a parcel". */
  readonly parcel?: string | undefined;
  readonly planned: Interval;
  /** The IANA zone in which times are written. */
  readonly zone: string;
}

interface TextCatalog {
  readonly opening: Readonly<Record<TextReason, (delivery: { parcel: string; window: string }) => string>>;
  readonly parcel: string;
  readonly howToReply: string;
  readonly inOwnWords: string;
  readonly replies: Readonly<Record<ReplyKind, string>>;
}

/**
 * The texts in each language, kept short: a character beyond GSM 03.38, such as á, limits a segment to 70 characters.
 */
const TEXTS: Readonly<Record<Language, TextCatalog>> = {
  en: {
    opening: {
      unreachable: ({ parcel, window }) => `we could not reach you about ${parcel}, planned for ${window}.`,
      not_called: ({ parcel, window }) => `we plan to deliver ${parcel} on ${window}.`,
      follow_up: ({ parcel, window }) => `thank you for talking to us about ${parcel}, planned for ${window}.`,
    },
    parcel: 'a parcel',
    howToReply:
      'Reply 1 to leave it at the front door, 2 with a neighbor, or tell us what suits you in your own words.',
    inOwnWords: 'Please reply with what suits you and how to leave it, in your own words.',
    replies: {
      noted: 'Thank you. Your driver will get this.',
      no_open_question: 'Thank you. There is no delivery that we have a question about right now.',
      help: 'This number sends texts about your deliveries. Reply in your own words to say how to leave a parcel, STOP to get no more, START to get them again.',
      stopped: 'You will get no more calls and texts from us. Reply START to get them again.',
      started: 'You will get texts about your deliveries again. Reply STOP to get no more.',
    },
  },
  es: {
    opening: {
      unreachable: ({ parcel, window }) => `no pudimos hablar con usted sobre ${parcel}, previsto para el ${window}.`,
      not_called: ({ parcel, window }) => `pensamos entregar ${parcel} el ${window}.`,
      follow_up: ({ parcel, window }) => `gracias por hablar con nosotros sobre ${parcel}, previsto para el ${window}.`,
    },
    parcel: 'un paquete',
    howToReply: 'Responda 1 para dejarlo en la puerta, 2 con un vecino, o escriba cómo prefiere recibirlo.',
    inOwnWords: 'Por favor, responda con lo que le conviene y dónde dejarlo, en sus propias palabras.',
    replies: {
      noted: 'Gracias. El conductor lo recibirá.',
      no_open_question: 'Gracias. Ahora no hay ninguna entrega sobre la que tengamos una pregunta.',
      help: 'Este número envía mensajes sobre sus entregas. Responda con sus palabras dónde dejar el paquete, STOP para no recibir más, START para recibirlos de nuevo.',
      stopped: 'No recibirá más llamadas ni mensajes. Responda START para recibirlos de nuevo.',
      started: 'Recibirá de nuevo mensajes sobre sus entregas. Responda STOP para no recibir más.',
    },
  },
};

const STOP: Readonly<Record<Language, string>> = { en: 'STOP to opt out.', es: 'STOP para no recibir más.' };

/** The languages of a reply to a customer whose language is unknown. */
export const TEXT_LANGUAGES = Object.keys(TEXTS) as readonly Language[];

/**
 * Composes the text that asks a customer about a delivery: the sender, the parcel and its window, how to reply, and how
 * to opt out.
 */
export function composeText(reason: TextReason, language: Language, about: TextContext): string {
  const { opening, parcel, howToReply, inOwnWords } = TEXTS[language];
  const window = PROMPTS[language].window(about.planned, about.zone);
  const sentence = opening[reason]({ parcel: about.parcel ?? parcel, window });
  return `${about.organizationName}: ${sentence} ${reason === 'follow_up' ? inOwnWords : howToReply} ${STOP[language]}`;
}

/** Composes the reply to a customer's text, once in each of the given languages. */
export const composeReply = (kind: ReplyKind, languages: readonly Language[]): string =>
  languages.map((language) => TEXTS[language].replies[kind]).join(' ');
