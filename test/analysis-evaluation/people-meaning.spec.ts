import fc from 'fast-check';
import { analyze, sentences, type ByLocale } from './meaning-fixture.js';

/** Properties of meaning, as in `meaning.spec.ts`, of people and of wishes that words deny. */
const PEOPLE: ByLocale = {
  'en-US': ['my neighbor', 'the doorman', 'my brother Luis', 'the lady in 4B', 'Mrs. Chen'],
  'es-MX': ['mi vecino', 'el portero', 'mi hermano Luis', 'la señora del 4B', 'doña Carmen'],
};
const WISHES: ByLocale = {
  'en-US': ['leave it on the porch', 'put it in the garage', 'I will be home'],
  'es-MX': ['déjelo en el porche', 'póngalo en la cochera', 'voy a estar en casa'],
};

describe('the meaning of', () => {
  it('a person who must not get the parcel is never that of a recipient', () => {
    const templates = {
      'en-US': [
        "don't give it to $0",
        'please do not leave it with $0',
        "I don't want $0 taking it",
        'anyone but $0 can take it',
        'under no circumstances hand it to $0',
        "don't let $0 sign for it",
        "I'd rather $0 didn't get it",
        'last time you gave it to $0 and it vanished',
      ],
      'es-MX': [
        'no se lo den a $0',
        'por favor no lo dejen con $0',
        'no quiero que lo reciba $0',
        'cualquiera menos $0',
        'que no firme $0',
        'preferiría que no lo recibiera $0',
        'la vez pasada se lo dieron a $0 y se perdió',
      ],
    };
    fc.assert(
      fc.property(sentences(templates, PEOPLE), ({ locale, text }) => {
        const { recipient, refused, people } = analyze(text, locale);
        // "Anyone but my neighbor": anyone may take it.
        const takers = people.filter(({ value }) => value.mayReceive && PEOPLE[locale].includes(value.who));
        expect([text, recipient, refused, takers]).toEqual([text, null, null, []]);
      }),
    );
  });

  it('a refusal that is denied, reported or only imagined is never that of a refusal', () => {
    const templates = {
      'en-US': [
        "I'm not refusing it, $0",
        "don't send it back, $0",
        "my wife doesn't want it but I do, $0",
        'I would refuse it if it were broken, $0',
        "you'd be crazy to send it back, $0",
      ],
      'es-MX': [
        'no lo estoy rechazando, $0',
        'no lo devuelvan, $0',
        'mi esposa no lo quiere pero yo sí, $0',
        'lo rechazaría si viniera roto, $0',
        'mi hijo dijo que lo rechazaran pero $0',
      ],
    };
    fc.assert(
      fc.property(sentences(templates, WISHES), ({ locale, text }) => {
        expect([text, analyze(text, locale).refused]).toEqual([text, null]);
      }),
    );
  });

  it('calls that are welcome or not needed is neither an opt-out nor a wish for a call', () => {
    const templates = {
      'en-US': [
        'keep the calls coming, $0',
        "don't stop calling me, $0",
        'stop by the shop first, then $0',
        'no need to call ahead, just $0',
        "don't call me before you come, just $0",
      ],
      'es-MX': [
        'no dejen de llamarme, $0',
        'no me llame antes de venir, nomás $0',
        'no hace falta que llamen, $0',
        'no toquen el timbre, $0',
      ],
    };
    fc.assert(
      fc.property(sentences(templates, WISHES), ({ locale, text }) => {
        const { optOut, callAhead } = analyze(text, locale);
        expect([text, optOut, callAhead]).toEqual([text, null, null]);
      }),
    );
  });
});
