import type { AskBackReason, TextReason } from './text-message.values.js';
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
  /** The window that the customer asked for. Absent if they named none, or asked for something else. */
  readonly requested?: Interval | undefined;
}

type OpeningReason = Exclude<TextReason, AskBackReason>;
type WriteAskBack = (delivery: { parcel: string; window: string | undefined }) => string;

interface TextCatalog {
  readonly opening: Readonly<Record<OpeningReason, (delivery: { parcel: string; window: string }) => string>>;
  /**
   * The texts that ask a decision back. Each says what follows from either answer. The answers are words: digits mean
   * places in other texts.
   */
  readonly askBack: Readonly<Record<AskBackReason, WriteAskBack>>;
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
    askBack: {
      confirm_refusal: ({ parcel }) =>
        `you asked us to send ${parcel} back. Reply YES to send it back, or NO to have it delivered as planned.`,
      confirm_reschedule: ({ parcel, window }) =>
        window === undefined
          ? `you asked us to wait for another day with ${parcel}. Reply YES to wait for another day, or NO to have it delivered as planned.`
          : `you asked us to bring ${parcel} on ${window}. Reply YES for that time, or NO to have it delivered as planned.`,
    },
    parcel: 'a parcel',
    howToReply:
      'Reply 1 to leave it at the front door, 2 with a neighbor, or tell us what suits you in your own words.',
    inOwnWords: 'Please reply with what suits you and how to leave it, in your own words.',
    replies: {
      noted: 'Thank you. We have got this.',
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
    askBack: {
      confirm_refusal: ({ parcel }) =>
        `nos pidió devolver ${parcel}. Responda SÍ para devolverlo, o NO para recibirlo como estaba previsto.`,
      confirm_reschedule: ({ parcel, window }) =>
        window === undefined
          ? `nos pidió esperar a otro día con ${parcel}. Responda SÍ para esperar a otro día, o NO para recibirlo como estaba previsto.`
          : `nos pidió llevar ${parcel} el ${window}. Responda SÍ para ese horario, o NO para recibirlo como estaba previsto.`,
    },
    parcel: 'un paquete',
    howToReply: 'Responda 1 para dejarlo en la puerta, 2 con un vecino, o escriba cómo prefiere recibirlo.',
    inOwnWords: 'Por favor, responda con lo que le conviene y dónde dejarlo, en sus propias palabras.',
    replies: {
      noted: 'Gracias. Lo hemos recibido.',
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

/** Whether a text with this reason asks a decision back. Its answers are yes and no. */
export const isAskBackReason = (reason: TextReason): reason is AskBackReason =>
  reason === 'confirm_refusal' || reason === 'confirm_reschedule';

/**
 * Composes a text to a customer about a delivery: the sender, the parcel and its window or what the customer asked for,
 * how to reply, and how to opt out.
 */
export function composeText(reason: TextReason, language: Language, about: TextContext): string {
  return `${about.organizationName}: ${composeQuestion(reason, language, about)} ${STOP[language]}`;
}

function composeQuestion(reason: TextReason, language: Language, about: TextContext): string {
  const { opening, askBack, howToReply, inOwnWords, parcel: defaultParcel } = TEXTS[language];
  const parcel = about.parcel ?? defaultParcel;
  const toWords = (window: Interval): string => PROMPTS[language].window(window, about.zone);
  if (isAskBackReason(reason))
    return askBack[reason]({ parcel, window: about.requested ? toWords(about.requested) : undefined });
  const sentence = opening[reason]({ parcel, window: toWords(about.planned) });
  return `${sentence} ${reason === 'follow_up' ? inOwnWords : howToReply}`;
}

/** Composes the reply to a customer's text, once in each of the given languages. */
export const composeReply = (kind: ReplyKind, languages: readonly Language[]): string =>
  languages.map((language) => TEXTS[language].replies[kind]).join(' ');
