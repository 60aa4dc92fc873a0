import twilio from 'twilio';

import { parseTwiml } from './parse-twiml.js';

describe('parseTwiml', () => {
  it('parses documents of the twilio library', () => {
    const response = new twilio.twiml.VoiceResponse();
    const gather = response.gather({
      input: ['speech', 'dtmf'],
      action: '/next?a=1&b=2',
      numDigits: 1,
      hints: 'porch, garage',
      actionOnEmptyResult: true,
      language: 'en-US',
    });
    const say = gather.say({ voice: 'Polly.Joanna' }, 'Shall we leave it at “Joe & Sons”?');
    say.break({ strength: 'weak' });
    gather.pause({ length: 1 });
    response.start().recording({ channels: 'dual', recordingStatusCallback: '/recording' });
    response.dial({ callerId: '+14155550100' }).number('+14155550199');
    response.redirect({ method: 'POST' }, '/again');
    const verbs = parseTwiml(response.toString(), 'text/xml; charset=utf-8');
    expect(verbs.map(({ name }) => name)).toEqual(['Gather', 'Start', 'Dial', 'Redirect']);
    expect(verbs[0]).toMatchObject({
      attributes: { action: '/next?a=1&b=2', numDigits: '1', input: 'speech dtmf', actionOnEmptyResult: 'true' },
      children: [
        { name: 'Say', text: 'Shall we leave it at “Joe & Sons”?', attributes: { voice: 'Polly.Joanna' } },
        { name: 'Pause', attributes: { length: '1' } },
      ],
    });
    expect(verbs[3]?.text).toBe('/again');
  });

  it('extracts the text from SSML', () => {
    const [say] = parseTwiml(
      '<Response><Say>One<break time="1s"/><emphasis>two</emphasis> three.</Say></Response>',
      'application/xml',
    );
    expect(say?.text).toBe('One two three.');
  });

  it.each([
    ['a misplaced noun', '<Response><Gather><Hangup/></Gather></Response>'],
    ['text in an element without text', '<Response><Hangup>now</Hangup></Response>'],
    ['a verb in the wrong case', '<Response><say>Hello</say></Response>'],
  ])('rejects %s with 12200', (_what, document) => {
    expect(() => parseTwiml(document, 'text/xml')).toThrow(expect.objectContaining({ code: 12200 }) as Error);
  });
});
