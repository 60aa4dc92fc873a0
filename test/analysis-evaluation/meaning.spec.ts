import fc from 'fast-check';
import type { Instructions } from '#libs/domain/instructions/index.js';
import { analyze, DAY, fill, locales, sentences, type Locale } from './meaning-fixture.js';

/**
 * Properties of meaning: what the opposite, an addition or a limit may do to a finding. They state nothing about what
 * must be found, because an abstention is always allowed; `field-kinds.spec.ts` requires that most is found.
 */
/** The hours of the planned day at whose middle someone is said to be there. */
function toHours({ availability }: Instructions): number[] {
  return Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => {
    const middle = DAY.set({ hour, minute: 30 }).toMillis();
    return availability.some(({ value }) => value.start.getTime() <= middle && middle < value.end.getTime());
  });
}

/** Afternoon hours, as words that need no "p.m." in this window. */
const HOURS: Readonly<Record<Locale, readonly (readonly [number, string])[]>> = {
  'en-US': [
    [13, 'one'],
    [14, 'two'],
    [15, '3 pm'],
    [16, 'four'],
    [17, '5:00'],
    [18, 'six'],
  ],
  'es-MX': [
    [13, 'la una'],
    [14, 'las dos'],
    [15, 'las 3 de la tarde'],
    [16, 'las cuatro'],
    [17, 'las 5'],
    [18, 'las seis'],
  ],
};
const hourOf = (locale: Locale) => fc.constantFrom(...HOURS[locale]);
/** A locale, with two hours of which the first is earlier. */
const bounds = locales.chain((locale) =>
  fc
    .tuple(hourOf(locale), hourOf(locale))
    .filter(([[from], [to]]) => from < to)
    .map(([from, to]) => ({ locale, from, to })),
);

const PLACES: Readonly<Record<Locale, readonly string[]>> = {
  'en-US': ['on the front porch', 'in the garage', 'in the mailbox', 'by the back door', 'in the shed', 'at reception'],
  'es-MX': ['en el porche', 'en la cochera', 'en el buzón', 'en la puerta de atrás', 'en la recepción', 'en el patio'],
};
describe('the meaning of', () => {
  it('a place is never the place to leave it once its clause is negated', () => {
    const templates = {
      'en-US': [
        "don't leave it $0",
        'please do not put the parcel $0',
        "I don't want it left $0",
        'never leave packages $0, thanks',
        "it shouldn't be left $0",
        "whatever you do don't drop it $0",
        "I'd rather you didn't leave it $0",
      ],
      'es-MX': [
        'no lo deje $0',
        'por favor no dejen el paquete $0',
        'no quiero que lo dejen $0',
        'nunca dejen paquetes $0, gracias',
        'que no me lo dejen $0',
        'preferiría que no lo dejaran $0',
      ],
    };
    const said = sentences(templates, PLACES);
    fc.assert(
      fc.property(said, ({ locale, text }) => {
        expect([text, analyze(text, locale).safePlace?.value ?? null]).toEqual([text, null]);
      }),
    );
  });

  it('an exception is never the place that is excepted', () => {
    const templates = {
      'en-US': ['anywhere but $0', 'anywhere is fine except $0', 'leave it wherever you like, just not $0'],
      'es-MX': ['donde sea menos $0', 'en cualquier lado excepto $0', 'déjelo donde quiera, pero no $0'],
    };
    const said = sentences(templates, PLACES);
    fc.assert(
      fc.property(said, ({ locale, text }) => {
        expect([text, analyze(text, locale).safePlace?.value ?? null]).toEqual([text, null]);
      }),
    );
  });

  it('a negated presence never contains the hours of the presence', () => {
    const templates = {
      'en-US': [
        "I won't be home from $0 to $1",
        "there's nobody here between $0 and $1",
        "I can't be there from $0 until $1",
        "we're not in between $0 and $1",
      ],
      'es-MX': [
        'no voy a estar de $0 a $1',
        'no hay nadie entre $0 y $1',
        'de $0 a $1 no puedo recibirlo',
        'no estamos en casa entre $0 y $1',
      ],
    };
    const said = bounds.chain(({ locale, from, to }) =>
      fill(templates, locale, from[1], to[1]).map((text) => ({ locale, text, from: from[0], to: to[0] })),
    );
    fc.assert(
      fc.property(said, ({ locale, text, from, to }) => {
        const wrong = toHours(analyze(text, locale, 'availability')).filter((hour) => hour >= from && hour < to);
        expect([text, wrong]).toEqual([text, []]);
      }),
    );
  });

  it('a bound is never inverted by a negation', () => {
    const notBefore = {
      'en-US': [
        "please don't come before $0",
        'not before $0 please',
        "I won't be home before $0",
        'no earlier than $0',
        'anything before $0 is too early',
        'no use coming before $0',
        "I won't make it home until $0",
      ],
      'es-MX': [
        'no vengan antes de $0',
        'antes de $0 no por favor',
        'no voy a estar antes de $0',
        'nunca antes de $0',
        'antes de $0 es muy temprano',
        'no llego hasta $0',
        'antes de $0 no puedo',
      ],
    };
    const notAfter = {
      'en-US': [
        "don't come after $0",
        'no later than $0',
        "I won't be home after $0",
        'nobody is here after $0',
        "after $0 there's no one",
        'anything after $0 is too late',
        'past $0 is no good',
        'I leave at $0',
      ],
      'es-MX': [
        'no vengan después de $0',
        'no más tarde de $0',
        'después de $0 no voy a estar',
        'a más tardar a $0',
        'después de $0 ya es muy tarde',
        'pasando $0 ya no',
        'salgo de la casa a $0',
        'a partir de $0 no',
      ],
    };
    const said = locales
      .chain((locale) => hourOf(locale).map((hour) => ({ locale, hour })))
      .chain(({ locale, hour: [hour, words] }) =>
        fc.oneof(
          fill(notBefore, locale, words).map((text) => ({ locale, text, isWrong: (at: number) => at < hour })),
          fill(notAfter, locale, words).map((text) => ({ locale, text, isWrong: (at: number) => at >= hour })),
        ),
      );
    fc.assert(
      fc.property(said, ({ locale, text, isWrong }) => {
        expect([text, toHours(analyze(text, locale, 'availability')).filter(isWrong)]).toEqual([text, []]);
      }),
    );
  });

  it('a second bound narrows the first', () => {
    const templates = {
      'en-US': ['come after $0 but before $1', "I'm home after $0, and only until $1", 'after $0 and no later than $1'],
      'es-MX': ['vengan después de $0 pero antes de $1', 'estoy desde $0 y hasta $1', 'después de $0 y antes de $1'],
    };
    const said = bounds.chain(({ locale, from, to }) =>
      fill(templates, locale, from[1], to[1]).map((text) => ({ locale, text, from: from[0], to: to[0] })),
    );
    fc.assert(
      fc.property(said, ({ locale, text, from, to }) => {
        const wrong = toHours(analyze(text, locale, 'availability')).filter((hour) => hour < from || hour >= to);
        expect([text, wrong]).toEqual([text, []]);
      }),
    );
  });

  it('a wish about how to deliver is no refusal, and a visit no opt-out', () => {
    const templates = {
      'en-US': [
        "I don't want it left $0",
        "if it's damaged I don't want it, otherwise leave it $0",
        'stop by after lunch and leave it $0',
        "I don't want to sign for it, just leave it $0",
        'my neighbor refused it last time, leave it $0',
      ],
      'es-MX': [
        'no quiero que lo dejen $0',
        'si viene roto no lo quiero, si no déjelo $0',
        'pasen después de comer y déjenlo $0',
        'no quiero firmar, nada más déjelo $0',
        'la vez pasada lo rechazó el vecino, déjelo $0',
      ],
    };
    const said = sentences(templates, PLACES);
    fc.assert(
      fc.property(said, ({ locale, text }) => {
        const { refused, optOut } = analyze(text, locale);
        expect([text, refused, optOut]).toEqual([text, null, null]);
      }),
    );
  });

  it('a number is no access code if it is old, partial or counts something', () => {
    const templates = {
      'en-US': [
        'the old code was $0',
        'the code used to be $0 but they changed it',
        'the code starts with $0',
        'my order number is $0',
        "don't use $0, that's the alarm",
      ],
      'es-MX': [
        'el código viejo era $0',
        'antes el código era $0 pero lo cambiaron',
        'el código empieza con $0',
        'mi número de pedido es $0',
        'no use $0, es la alarma',
      ],
    };
    const said = fc
      .tuple(locales, fc.constantFrom('4521', '90 17', '7 7 3 1', '2468'))
      .chain(([locale, code]) => fill(templates, locale, code).map((text) => ({ locale, text })));
    fc.assert(
      fc.property(said, ({ locale, text }) => {
        expect([text, analyze(text, locale).accessCode?.value ?? null]).toEqual([text, null]);
      }),
    );
  });
});
