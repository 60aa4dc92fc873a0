/** The attributes and nested elements that Twilio's schema allows for a TwiML element. */
export interface ElementSchema {
  readonly attributes: ReadonlySet<string>;
  readonly children: ReadonlySet<string>;
  /** Whether the element may contain text. */
  readonly text: boolean;
  /** Whether any element may be nested, such as SSML in Say. */
  readonly anyChildren?: true;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' ').filter((word) => word !== ''));
const element = (attributes: string, children = '', text = false): ElementSchema => ({
  attributes: words(attributes),
  children: words(children),
  text,
});

const recordingCallback = 'recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent';

/** The verbs and nouns that the simulator executes. */
export const schema: Readonly<Record<string, ElementSchema>> = {
  Response: element('', 'Say Play Gather Record Pause Redirect Dial Hangup Reject Start Stop'),
  Say: { ...element('voice language loop', '', true), anyChildren: true },
  Play: element('loop digits', '', true),
  Pause: element('length'),
  Redirect: element('method', '', true),
  Hangup: element(''),
  Reject: element('reason'),
  Gather: element(
    'action method input timeout speechTimeout numDigits minDigits finishOnKey hints language actionOnEmptyResult bargeIn ' +
      'profanityFilter speechModel enhanced maxSpeechTime partialResultCallback partialResultCallbackMethod dtmfDetection debug',
    'Say Play Pause',
  ),
  Record: element(
    `action method timeout finishOnKey maxLength playBeep trim transcribe transcribeCallback recordingTrack ${recordingCallback}`,
  ),
  Dial: element(
    'action method timeout timeLimit callerId record trim hangupOnStar answerOnBridge ringTone recordingTrack sequential ' +
      recordingCallback,
    'Number',
    true,
  ),
  Number: element(
    'url method sendDigits statusCallback statusCallbackMethod statusCallbackEvent byoc machineDetection',
    '',
    true,
  ),
  Start: element('action method', 'Recording'),
  Stop: element('', 'Recording'),
  Recording: element(`name channels track trim ${recordingCallback}`),
};
