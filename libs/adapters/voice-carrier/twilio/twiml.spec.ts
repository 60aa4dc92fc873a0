import { describe, expect, it } from 'vitest';
import { XMLParser } from 'fast-xml-parser';

import type { Verb } from '#libs/domain/voice-flow/model/types.js';

import { renderTwiml } from './twiml.js';

const urls = {
  voiceUrl: 'https://voice.example/turn?call=7',
  recordingCallbackUrl: 'https://voice.example/recording?call=7',
};
const overrides = '#ct=2000&rt=5000&rc=5&rp=ct,rt,5xx';
const createSay = (text: string, language: 'en' | 'es' = 'en') =>
  ({ kind: 'say', promptKey: 'x', text, language }) as const;

/** Parses a document into its elements in order, as `{ name: children, ':@': attributes }`. */
const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '' });
type Element = Record<string, unknown>;

function render(...verbs: Verb[]): Element[] {
  const [, response] = parser.parse(renderTwiml(verbs, urls, {})) as Element[];
  return response?.['Response'] as Element[];
}

describe('renderTwiml', () => {
  it('speaks in the language of the prompt', () => {
    expect(render(createSay('Hello'), createSay('Hola', 'es'))).toEqual([
      { Say: [{ '#text': 'Hello' }], ':@': { language: 'en-US' } },
      { Say: [{ '#text': 'Hola' }], ':@': { language: 'es-US' } },
    ]);
  });

  it('uses the voice of a language where one is configured', () => {
    const xml = renderTwiml([createSay('Hello'), createSay('Hola', 'es')], urls, { voices: { es: 'Polly.Mia' } });
    expect(xml).toContain('<Say language="en-US">Hello</Say><Say language="es-US" voice="Polly.Mia">Hola</Say>');
  });

  it('dials a number and requests the next turn with the result', () => {
    const xml = renderTwiml([{ kind: 'dial', number: '+13125550199', ringSeconds: 25, maxSeconds: 900 }], urls, {});
    const action = `https://voice.example/turn?call=7&amp;after=dial${overrides.replaceAll('&', '&amp;')}`;
    expect(xml).toContain(`<Dial action="${action}" method="POST" timeout="25" timeLimit="900">`);
    expect(xml).toContain('<Number>+13125550199</Number></Dial>');
  });

  it('listens and requests the next turn, also after silence', () => {
    const [gather] = render({
      kind: 'gather',
      input: ['speech', 'dtmf'],
      language: 'en',
      numDigits: 1,
      hints: ['garage', 'side door, left', ''],
      timeoutSeconds: 5,
      prompt: [createSay('Where?')],
    });
    expect(gather).toEqual({
      Gather: [{ Say: [{ '#text': 'Where?' }], ':@': { language: 'en-US' } }],
      ':@': {
        input: 'speech dtmf',
        action: `${urls.voiceUrl}&after=gather${overrides}`,
        method: 'POST',
        actionOnEmptyResult: 'true',
        timeout: '5',
        language: 'en-US',
        finishOnKey: '',
        numDigits: '1',
        speechTimeout: 'auto',
        profanityFilter: 'false',
        hints: 'garage,side door  left',
      },
    });
  });

  it('ends a variable number of keys with the hash key, and omits speech settings for keys only', () => {
    const [gather] = render({ kind: 'gather', input: ['dtmf'], language: 'es', timeoutSeconds: 8, prompt: [] });
    expect(gather?.[':@']).toMatchObject({ input: 'dtmf', finishOnKey: '#', language: 'es-US' });
    expect(gather?.[':@']).not.toHaveProperty('speechTimeout');
  });

  it('requests the next turn also after a recording without speech', () => {
    const verbs = render({ kind: 'record', maxSeconds: 60, playBeep: true, silenceSeconds: 4, finishOnKey: '#' });
    const action = `${urls.voiceUrl}&after=record${overrides}`;
    expect(verbs[0]?.[':@']).toMatchObject({
      action,
      maxLength: '60',
      playBeep: 'true',
      timeout: '4',
      finishOnKey: '#',
    });
    expect(verbs[1]).toEqual({ Redirect: [{ '#text': action }], ':@': { method: 'POST' } });
  });

  it('records both parties in separate channels, including silence', () => {
    const [start] = render({ kind: 'startRecording' });
    expect(start?.['Start']).toEqual([
      {
        Recording: [],
        ':@': {
          channels: 'dual',
          track: 'both',
          trim: 'do-not-trim',
          recordingStatusCallback: `${urls.recordingCallbackUrl}${overrides}`,
          recordingStatusCallbackEvent: 'in-progress completed absent',
        },
      },
    ]);
  });

  it('renders pause, redirect and hangup', () => {
    expect(render({ kind: 'pause', seconds: 2 }, { kind: 'redirect' }, { kind: 'hangup' })).toEqual([
      { Pause: [], ':@': { length: '2' } },
      { Redirect: [{ '#text': `${urls.voiceUrl}&after=redirect${overrides}` }], ':@': { method: 'POST' } },
      { Hangup: [] },
    ]);
  });

  it('escapes markup and removes characters that would break the document', () => {
    const text = 'Fish & Chips <Hangup/> "now"\u0000\u0008';
    expect(renderTwiml([createSay(text)], urls, {})).toContain('>Fish &amp; Chips &lt;Hangup/&gt; "now"  </Say>');
  });
});
