/** The attributes and nested elements that Twilio's schema allows for a TwiML element. */
export interface ElementSchema {
  readonly attributes: ReadonlySet<string>;
  readonly children: ReadonlySet<string>;
  /** Whether the element may contain text. */
  readonly text: boolean;
  /** Whether any element may be nested, such as SSML in Say. */
  readonly anyChildren?: true;
}

const toWordSet = (text: string): ReadonlySet<string> => new Set(text.split(' ').filter((word) => word !== ''));
const defineElement = (attributes: string, children = '', text = false): ElementSchema => ({
  attributes: toWordSet(attributes),
  children: toWordSet(children),
  text,
});

const RECORDING_CALLBACK_ATTRIBUTES =
  'recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent';

/** The verbs and nouns that the simulator executes. */
export const schema: Readonly<Record<string, ElementSchema>> = {
  Response: defineElement('', 'Say Play Gather Record Pause Redirect Dial Hangup Reject Start Stop'),
  Say: { ...defineElement('voice language loop', '', true), anyChildren: true },
  Play: defineElement('loop digits', '', true),
  Pause: defineElement('length'),
  Redirect: defineElement('method', '', true),
  Hangup: defineElement(''),
  Reject: defineElement('reason'),
  Gather: defineElement(
    'action method input timeout speechTimeout numDigits minDigits finishOnKey hints language actionOnEmptyResult bargeIn ' +
      'profanityFilter speechModel enhanced maxSpeechTime partialResultCallback partialResultCallbackMethod dtmfDetection debug',
    'Say Play Pause',
  ),
  Record: defineElement(
    `action method timeout finishOnKey maxLength playBeep trim transcribe transcribeCallback recordingTrack ${RECORDING_CALLBACK_ATTRIBUTES}`,
  ),
  Dial: defineElement(
    'action method timeout timeLimit callerId record trim hangupOnStar answerOnBridge ringTone recordingTrack sequential ' +
      RECORDING_CALLBACK_ATTRIBUTES,
    'Number',
    true,
  ),
  Number: defineElement(
    'url method sendDigits statusCallback statusCallbackMethod statusCallbackEvent byoc machineDetection',
    '',
    true,
  ),
  Start: defineElement('action method', 'Recording'),
  Stop: defineElement('', 'Recording'),
  Recording: defineElement(`name channels track trim ${RECORDING_CALLBACK_ATTRIBUTES}`),
};
