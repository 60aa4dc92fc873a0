import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';

import type { GatherVerb, Language, RecordVerb, SayVerb, Verb } from '#libs/domain/voice-flow/model/types.js';
import type { VoiceUrls } from '#libs/ports/voice-carrier.js';

import { toWebhookUrl } from '../../twilio/webhook-url.js';
import type { TurnCause } from './voice-turn.js';
import { turnCauseField } from './voice-turn.js';

/** Settings of the rendered TwiML. */
export interface TwimlSettings {
  /** Twilio's voice name for each language. Defaults to Twilio's default voice. */
  readonly voices?: Readonly<Partial<Record<Language, string>>> | undefined;
  /** See `defaultConnectionOverrides`. */
  readonly connectionOverrides?: string | undefined;
}

const languageTags = { en: 'en-US', es: 'es-US' } as const;
const recordingEvents = ['in-progress', 'completed', 'absent'] as const;
/** Twilio's limits for the speech hints of one Gather: number of phrases, and characters in each. */
const hintLimits = { phrases: 500, characters: 100 } as const;

/**
 * Renders the verbs of a turn as TwiML with Twilio's builder. The query of each webhook URL names the verb whose result
 * Twilio sends to it.
 */
export function renderTwiml(verbs: readonly Verb[], urls: VoiceUrls, settings: TwimlSettings): string {
  const response = new VoiceResponse();
  const toNextTurnUrl = (cause: TurnCause) =>
    toWebhookUrl(urls.voiceUrl, settings.connectionOverrides, { [turnCauseField]: cause });
  const recordingCallback = toWebhookUrl(urls.recordingCallbackUrl, settings.connectionOverrides);
  for (const verb of verbs) {
    switch (verb.kind) {
      case 'say':
        say(response, verb, settings);
        break;
      case 'gather':
        gather(response, verb, toNextTurnUrl('gather'), settings);
        break;
      case 'record':
        record(response, verb, toNextTurnUrl('record'), recordingCallback);
        break;
      case 'startRecording':
        response.start().recording({
          channels: 'dual',
          track: 'both',
          // Silence is kept, so that times in the recording equal times in the call.
          trim: 'do-not-trim',
          recordingStatusCallback: recordingCallback,
          recordingStatusCallbackEvent: [...recordingEvents],
        });
        break;
      case 'pause':
        response.pause({ length: Math.max(1, Math.round(verb.seconds)) });
        break;
      case 'dial':
        response
          .dial({
            action: toNextTurnUrl('dial'),
            method: 'POST',
            timeout: Math.max(1, Math.round(verb.ringSeconds)),
            timeLimit: Math.max(1, Math.round(verb.maxSeconds)),
          })
          .number(verb.number);
        break;
      case 'redirect':
        response.redirect({ method: 'POST' }, toNextTurnUrl('redirect'));
        break;
      case 'hangup':
        response.hangup();
        break;
    }
  }
  return response.toString();
}

interface SayParent {
  say(attributes: VoiceResponse.SayAttributes, message: string): unknown;
}

function say(parent: SayParent, { text, language }: SayVerb, { voices }: TwimlSettings): void {
  const voice = voices?.[language] as VoiceResponse.SayAttributes['voice'];
  parent.say({ language: languageTags[language], ...(voice !== undefined && { voice }) }, replaceInvalidXml(text));
}

function gather(response: VoiceResponse, verb: GatherVerb, action: string, settings: TwimlSettings): void {
  const hints = (verb.hints ?? []).map(toHint).filter((phrase) => phrase !== '');
  const element = response.gather({
    input: [...verb.input],
    action,
    method: 'POST',
    // Reports silence as an input. Otherwise Twilio would continue with the next verb and hang up.
    actionOnEmptyResult: true,
    timeout: Math.max(1, Math.round(verb.timeoutSeconds)),
    language: languageTags[verb.language],
    // Input of a fixed number of keys may contain the hash key. Otherwise the hash key ends the input.
    finishOnKey: verb.numDigits === undefined ? '#' : '',
    ...(verb.numDigits !== undefined && { numDigits: verb.numDigits }),
    ...(verb.input.includes('speech') && { speechTimeout: 'auto', profanityFilter: false }),
    ...(hints.length > 0 && { hints: hints.slice(0, hintLimits.phrases).join(',') }),
  });
  for (const prompt of verb.prompt) say(element, prompt, settings);
}

function record(response: VoiceResponse, verb: RecordVerb, action: string, recordingStatusCallback: string): void {
  response.record({
    action,
    method: 'POST',
    maxLength: Math.max(1, Math.round(verb.maxSeconds)),
    playBeep: verb.playBeep,
    timeout: Math.max(1, Math.round(verb.silenceSeconds)),
    finishOnKey: verb.finishOnKey,
    recordingStatusCallback,
    recordingStatusCallbackEvent: ['completed', 'absent'],
  });
  // If the caller says nothing, Twilio does not create a recording and continues here instead of requesting `action`.
  response.redirect({ method: 'POST' }, action);
}

function toHint(phrase: string): string {
  return replaceInvalidXml(phrase).replaceAll(',', ' ').trim().slice(0, hintLimits.characters);
}

/** Replaces characters that XML 1.0 cannot represent, which are most control characters. */
function replaceInvalidXml(text: string): string {
  // eslint-disable-next-line no-control-regex -- the pattern matches control characters on purpose
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ');
}
