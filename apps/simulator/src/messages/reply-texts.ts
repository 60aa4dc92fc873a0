import { XMLParser } from 'fast-xml-parser';

const parser = new XMLParser({ isArray: (name) => name === 'Message', parseTagValue: false });

/** Extracts the texts of a messaging webhook's TwiML reply; none if it is empty or invalid. */
export function extractReplyTexts(twiml: string): readonly string[] {
  const document = parser.parse(twiml) as { Response?: { Message?: readonly unknown[] } | '' };
  const messages = typeof document.Response === 'object' ? (document.Response.Message ?? []) : [];
  return messages
    .map((message) => {
      if (typeof message === 'string') return message;
      const { Body: body, '#text': text } = message as { Body?: unknown; '#text'?: unknown };
      return typeof body === 'string' ? body : typeof text === 'string' ? text : '';
    })
    .filter((text) => text !== '');
}
