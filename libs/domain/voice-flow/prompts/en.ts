import { DateTime } from 'luxon';
import type { PromptCatalog } from './catalog.js';

const PLACES = { front_door: 'leave it at the front door', neighbour: 'leave it with a neighbor' } as const;

export const en: PromptCatalog = {
  greeting: ({ customerName, organizationName, parcel, window }) =>
    `Hello${customerName ? ` ${customerName}` : ''}. This is an automated call from ${organizationName} about ${parcel ?? 'a parcel'} that we plan to deliver on ${window}.`,
  ringBackGreeting: ({ customerName, organizationName, parcel, window }) =>
    `Hello${customerName ? ` ${customerName}` : ''}, thank you for calling back. This is the automated line of ${organizationName} about ${parcel ?? 'a parcel'} that we plan to deliver on ${window}.`,
  noOpenQuestion:
    'Thank you for calling. This is an automated line about deliveries, and there is none that we have a question about. Goodbye.',
  recordingNotice: 'This call is recorded.',
  optOutHint: 'Press 9 at any time to stop these calls.',
  consentQuestion: 'May we record this call, so that your driver can hear your instructions?',
  consentKeys: 'Say yes or press 1 to agree, or say no or press 2.',
  presenceQuestion: 'Will somebody be there then?',
  presenceKeys: 'Say yes or press 1, or say no or press 2.',
  presenceConfirm: (value) =>
    `I understood that ${value ? 'somebody will' : 'nobody will'} be there. Press 1 if that is right, or 2 if not.`,
  slotsQuestion: 'We can come at another time.',
  slotOption: (key, window) => `For ${window}, press ${key}.`,
  slotNoneOption: (key) => `To have it delivered as planned while you are out, press ${key}.`,
  slotConfirm: (window) => `I understood ${window}. Press 1 if that is right, or 2 if not.`,
  placementQuestion: 'How should the driver hand it over?',
  placementKeys:
    'Press 1 to leave it at the front door, 2 for a neighbor, 3 for another safe place, or just say what you would like.',
  messageKey: 'Press 4 to leave the driver a spoken message.',
  messageInvitation: 'Please speak to the driver after the tone, and press pound when you are done.',
  instructionsQuestion:
    'Please tell the driver now where to leave it and anything that helps, such as a code, a name, or a dog. Press 1 if there is nothing more.',
  instructionsWithoutCode:
    'Please tell the driver now where to leave it and anything that helps, such as a name or a dog. We ask for a code next. Press 1 if there is nothing more.',
  codeQuestion:
    'The recording pauses now. If there is a code for a gate or a door, say it, or key it in and press pound. Say no or press 1 if there is none.',
  readBack: ({ presence, place, words, messageLeft }) =>
    [
      'I have noted:',
      ...(presence === undefined ? [] : [presence ? 'somebody will be there.' : 'nobody will be there.']),
      ...(place ? [`${capitalize(PLACES[place])}.`] : []),
      ...(words ? [`You said: ${words}.`] : []),
      ...(messageLeft ? ['You left a message.'] : []),
    ].join(' '),
  confirmKeys: 'Say yes or press 1 if that is right. Press 2 to change it.',
  notUnderstood: 'Sorry, I did not understand that.',
  nothingHeard: 'Sorry, I did not hear anything.',
  waiting: 'Of course, I will wait.',
  whoIsCalling: ({ organizationName, parcel }) =>
    `This is ${organizationName}, calling about the delivery of ${parcel ?? 'a parcel'}.`,
  transferring: 'Of course. One moment, I will connect you.',
  takingOver: 'One moment please, a colleague would like to talk to you.',
  nobodyFree: 'Sorry, nobody is free right now.',
  outOfOrder: 'Sorry, we cannot go on with this call right now. We will get in touch with you again. Goodbye.',
  rescheduled: (window) => `Thank you. We will come on ${window} instead.`,
  thanks: 'Thank you. Your driver will get your instructions. Goodbye.',
  followUp: 'Thank you. We will text you so that you can tell us in your own time. Goodbye.',
  optedOut: 'We will not call you again. Goodbye.',
  voicemail: ({ organizationName, parcel, window, callbackNumber }) =>
    `Hello. This is ${organizationName} about ${parcel ?? 'a parcel'} that we plan to deliver on ${window}. ` +
    (callbackNumber
      ? `To tell us where to leave it, or to stop these calls, please call ${callbackNumber}. Goodbye.`
      : 'We will text you so that you can tell us where to leave it or stop these calls. Goodbye.'),
  hints: {
    yesNo: ['yes', 'no', 'repeat', 'another day', 'stop calling'],
    placement: ['front door', 'back door', 'porch', 'garage', 'neighbor', 'reception', 'mailbox', 'gate code', 'dog'],
  },
  window: ({ start, end }, zone) => {
    const from = DateTime.fromJSDate(start, { zone }).setLocale('en-US');
    const to = DateTime.fromJSDate(end, { zone }).setLocale('en-US');
    return `${from.toFormat('cccc, LLLL d')}, between ${clock(from)} and ${clock(to)}`;
  },
};

const clock = (time: DateTime): string => time.toFormat(time.minute === 0 ? 'h a' : 'h:mm a');

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
