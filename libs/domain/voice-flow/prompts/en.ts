import { DateTime } from 'luxon';
import type { Noted, PlacementReason, PromptCatalog } from './catalog.js';
import { toShortDay } from './short-day.js';

const toHello = (customerName: string | undefined): string => (customerName ? `Hi ${customerName},` : 'Hello,');

const PLACES = { front_door: 'at the front door', neighbour: 'with a neighbor' } as const;

const PLACEMENT: Readonly<Record<PlacementReason, string>> = {
  absent: 'Where should we leave it',
  undecided: 'If nobody is there, where should we leave it',
  fallback: 'And if nobody answers the door, where should we leave it',
};

export const en: PromptCatalog = {
  greeting: ({ customerName, organizationName, parcel }) =>
    `${toHello(customerName)} it's ${toPossessive(organizationName)} automated line about ${parcel ?? 'your delivery'}.`,
  ringBackGreeting: ({ customerName, organizationName, parcel }) =>
    `${toHello(customerName)} thanks for calling back. It's ${toPossessive(organizationName)} automated line about ${parcel ?? 'your delivery'}.`,
  noOpenQuestion:
    'Thank you for calling. This is an automated line about deliveries, and there is none that we have a question about. Goodbye.',
  recordingNotice: 'This call is recorded.',
  optOutHint: 'Press 9 to stop calls.',
  consentQuestion: 'May we record this call?',
  consentAgain: 'Your driver would hear your own words. Is recording okay? Press 1 for yes, or 2 for no.',
  recordingStarts: 'Thanks.',
  notRecorded: 'Okay, no recording.',
  presenceQuestion: (window) => `${capitalize(window)}: will somebody be there, or where should we leave it?`,
  presenceAgain: (window, { canReschedule }) =>
    `Your parcel comes ${window}. Press 1 if somebody will be there, 2 if nobody will${canReschedule ? ', or 5 for another day' : ''}. Or just say where to leave it.`,
  correctionQuestion: 'Will somebody be there, or where should we leave it?',
  correcting: 'Sorry about that.',
  noted: 'Noted.',
  presenceCheck: 'Just to be sure: will somebody be there?',
  presenceCheckAgain: 'Press 1 if somebody will be there, or 2 if nobody will.',
  refusalConfirm: 'You do not want this parcel, and we send it back. Is that right?',
  refusalAgain: 'Should we send the parcel back? Press 1 to send it back, or 2 to keep it.',
  slotsQuestion: (windows) =>
    windows.length === 1
      ? `We could come ${windows.join()} instead. Does that suit you?`
      : `We could come ${windows.join(', or ')}. Which one suits you?`,
  slotOption: (key, window) => `For ${window}, press ${key}.`,
  slotNoneOption: (key) => `To keep the planned time, press ${key}.`,
  slotConfirm: (window) => `So we come ${window} instead. Is that right?`,
  slotConfirmAgain: (window) => `Should we come ${window}? Press 1 if that is right, or 2 if not.`,
  placementQuestion: (reason, { canReschedule }) =>
    `${PLACEMENT[reason]}${canReschedule ? ', or is another day better' : ''}?`,
  placementAgain: (reason, { canReschedule, canLeaveMessage }) =>
    [
      `${PLACEMENT[reason]}? Press 1 for the front door, 2 for a neighbor, or 3 for another place.`,
      ...(canLeaveMessage ? ['Press 4 to leave the driver a message.'] : []),
      ...(canReschedule ? ['Press 5 for another day.'] : []),
    ].join(' '),
  messageInvitation: 'Please speak to the driver after the tone, and press pound when you are done.',
  instructionsQuestion: (place) => (place === 'neighbour' ? 'Which neighbor?' : 'Where should the driver put it?'),
  instructionsAgain: (place) =>
    place === 'neighbour'
      ? 'Please say the name or the door of the neighbor. Or press 1 to skip this.'
      : 'Please say the place, such as the porch or the garage. Or press 1 to skip this.',
  codeQuestion:
    'The recording is paused. Is there a code for a gate or a door? Say it, or key it in and press pound, or say no.',
  codeAgain: 'Please say the code or key it in and press pound. Press 1 if there is none.',
  readBack: (noted) => `So ${toSentence(noted)}. Is that right?`,
  readBackAgain: (noted) => `Once more: ${toSentence(noted)}. Press 1 if that is right, or 2 to change it.`,
  notUnderstood: "Sorry, I didn't get that.",
  nothingHeard: "Sorry, I didn't hear you.",
  waiting: 'Sure, take your time.',
  whoIsCalling: ({ organizationName, parcel }) =>
    `This is ${organizationName}, calling about the delivery of ${parcel ?? 'a parcel'}.`,
  transferring: 'Of course. One moment, I will connect you.',
  takingOver: 'One moment please, a colleague would like to talk to you.',
  nobodyFree: 'Sorry, nobody is free right now.',
  outOfOrder: 'Sorry, we cannot go on with this call right now. We will get in touch with you again. Goodbye.',
  rescheduled: (window) => `We will come on ${window} instead.`,
  thanks: 'Thank you. Goodbye.',
  followUp: 'We will text you, so that you can answer in your own time. Thank you, and goodbye.',
  optedOut: 'We will not call you again. Goodbye.',
  wrongNumber: 'Sorry for the trouble. We will not call this number again. Goodbye.',
  refused: 'All right, we send it back. Goodbye.',
  voicemail: ({ organizationName, parcel, window, callbackNumber }) =>
    `Hello. This is ${organizationName} about ${parcel ?? 'a parcel'} that we plan to deliver on ${window}. ` +
    (callbackNumber
      ? `To tell us where to leave it, or to stop these calls, please call ${callbackNumber}. Goodbye.`
      : 'We will text you so that you can tell us where to leave it or stop these calls. Goodbye.'),
  hints: {
    yesNo: ['yes', 'no', 'repeat', 'another day', 'stop calling', 'wrong number'],
    placement: ['front door', 'back door', 'porch', 'garage', 'neighbor', 'reception', 'mailbox', 'gate code', 'dog'],
  },
  window: ({ start, end }, zone) => {
    const from = DateTime.fromJSDate(start, { zone }).setLocale('en-US');
    const to = DateTime.fromJSDate(end, { zone }).setLocale('en-US');
    return `${from.toFormat('cccc, LLLL d')}, between ${toClock(from)} and ${toClock(to)}`;
  },
  shortWindow: ({ start, end }, zone, now) => {
    const from = DateTime.fromJSDate(start, { zone }).setLocale('en-US');
    const to = DateTime.fromJSDate(end, { zone }).setLocale('en-US');
    const kind = toShortDay(from, now);
    const day = {
      today: 'today',
      tomorrow: 'tomorrow',
      weekday: from.toFormat('cccc'),
      date: from.toFormat('cccc, LLLL d'),
    };
    return `${day[kind]}, ${from.toFormat('a') === to.toFormat('a') ? toClock(from).replace(/ [AP]M$/, '') : toClock(from)} to ${toClock(to)}`;
  },
};

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const toPossessive = (name: string): string => `${name}${name.endsWith('s') ? '’' : '’s'}`;

const toClock = (time: DateTime): string => time.toFormat(time.minute === 0 ? 'h a' : 'h:mm a');

/** What was noted, as one sentence without its end, such as `nobody will be there, and we leave it on the porch`. */
function toSentence(noted: Noted): string {
  const { presence, isUndecided, person, place, placeWords, excludedWords, codeNoted, messageLeft, words } = noted;
  const where = place ? (placeWords ?? PLACES[place]) : placeWords;
  const leaving = where ? `we leave it ${where}${excludedWords ? `, not ${excludedWords}` : ''}` : '';
  const ruledOut = !where && excludedWords ? `we do not leave it ${excludedWords}` : '';
  const main = [
    presence === undefined ? '' : presence ? `${person ?? 'somebody'} will be there` : 'nobody will be there',
    leaving && isUndecided ? `if nobody is there, ${leaving}` : leaving,
    ruledOut,
  ].filter((part) => part !== '');
  const additions = [
    codeNoted ? 'the code is noted' : '',
    messageLeft ? 'we pass on your message' : '',
    words ? 'we pass on your words' : '',
  ].filter((part) => part !== '');
  return [main.join(', and '), additions.join(', and ')].filter((part) => part !== '').join('; ');
}
