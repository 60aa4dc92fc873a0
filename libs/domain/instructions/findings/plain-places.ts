import type { Reading, Span } from '../reading/reader.js';
import { pattern } from '../text/patterns.js';

/** Confidence of a place that the reader has not tagged, 0–1. */
const CONFIDENCE = 0.6;
/** Maximum number of words of a phrase. */
const MAX_WORDS = 9;

/** A door to use, or a desk to bring the parcel to. Folded, as all words of this file. */
const PLAIN_PLACES: readonly RegExp[] = [
  pattern`^(?:use|try) (?:the|my|our) (${['side', 'back', 'rear', 'garage', 'kitchen', 'patio']} (?:door|entrance|gate))(?: |$)`,
  pattern`^usen? la (puerta (?:${['de atras', 'trasera', 'lateral', 'de lado', 'de al lado', 'del costado', 'del garaje']}))(?: |$)`,
  pattern`^(?:send|take|bring|give|return) (?:it|that|the package|the parcel) (?:back |over )?to (?:the|our|my) (${['front desk', 'reception', 'concierge', 'mail room', 'mailroom', 'leasing office']})(?: |$)`,
  pattern`^(?:mandenlo|llevenlo|entreguenlo|denlo|mandelo|llevelo|entreguelo) (?:de regreso )?(?:a|en) la (${['recepcion', 'porteria', 'conserjeria', 'caseta', 'administracion']})(?: |$)`,
];
/** Words that make such a phrase mean something else. */
const DENIAL = /\b(?:not|no|never|don't|nunca|ni|without|sin)(?: \w+){0,2}$/;

/** Adds places that are explicitly named and that the reader has not tagged: "use the side door". */
export function withPlainPlaces(reading: Reading): Reading {
  const words = reading.tokens.map(({ text }) => text);
  const added = words.flatMap((_, at): Span[] => {
    const match = PLAIN_PLACES.map((one) => one.exec(words.slice(at, at + MAX_WORDS).join(' '))).find(Boolean);
    const place = match?.[1];
    if (match === undefined || match === null || place === undefined) return [];
    if (DENIAL.test(words.slice(Math.max(0, at - 3), at).join(' '))) return [];
    const offset = match[0].slice(0, match[0].indexOf(place)).trim().split(' ').length;
    const from = at + offset;
    return [{ tag: 'put', from, to: from + place.split(' ').length, confidence: CONFIDENCE }];
  });
  const kept = reading.spans.filter((one) => !(isUnsure(one) && added.some((span) => overlaps(one, span))));
  const free = added.filter((span) => !kept.some((one) => overlaps(one, span)));
  return free.length === 0 ? reading : { ...reading, spans: [...kept, ...free].sort((a, b) => a.from - b.from) };
}

const isUnsure = ({ tag, confidence }: Span): boolean => tag === 'scenery' || confidence < CONFIDENCE;
const overlaps = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;
