import { HANG_UP, press, say, SILENT, type Act, type Manner, type Meaning, type Persona } from './persona.js';

const speaker = (name: string, manner: Manner, means: Meaning, acts: Persona['acts']): Persona => ({
  name,
  language: 'en',
  manner,
  means,
  acts,
});

/** A person who says everything in the first answer, and the place again if asked for it. */
const atOnce = (name: string, text: string, means: Meaning, place: string): Persona =>
  speaker(name, 'at_once', means, { presence: [say(text)], placement: [say(place)], slots: [say(place)] });

/** A person who is out, and says where to leave the parcel when asked. */
const absent = (name: string, no: string, where: string, means: Meaning): Persona =>
  speaker(
    name,
    'cooperative',
    { presence: false, ...means },
    {
      presence: [say(no)],
      placement: [say(where)],
      slots: [say('no, just deliver it as planned')],
    },
  );

const home = (name: string, text: string, more: Persona['acts'] = {}, means: Meaning = {}): Persona =>
  speaker(
    name,
    'cooperative',
    { presence: true, ...means },
    {
      presence: [say(text)],
      // The earlier flow asks people at home, too.
      placement: [say('just ring the bell')],
      ...more,
    },
  );

const other = (name: string, means: Meaning, acts: Persona['acts']): Persona => speaker(name, 'other', means, acts);

const TALKATIVE: Act = say(
  "oh hello dear well I'm always home these days since my knee you know so yes I'll be here just knock loudly please",
);

/** People who answer in English. */
export const ENGLISH: readonly Persona[] = [
  home('at home, brief', 'yes'),
  home('at home, a sentence', "yeah I'll be home all afternoon"),
  home('at home, eager', 'sure no problem'),
  home('spouse at home', "I won't be there but my husband will"),
  home('someone is there', 'somebody will be there'),
  home('teenager at home', "no I'm at work but our son is home"),
  absent('out, porch', "no I'll be at work", 'on the back porch please', { place: 'porch' }),
  absent('out, garage', "nobody's going to be home", 'you can put it in the garage', { place: 'garage' }),
  absent('out, neighbor', "no we're away", 'with my neighbor next door', { place: 'neighbor' }),
  absent('out, doorman', "I won't be in", 'leave it with the doorman', { place: 'doorman' }),
  absent('out, code', "I'm at work then", 'behind the gate the code is four two seven one', {
    place: 'gate',
    code: '4271',
  }),
  absent('home after six', "I'm not home until six", 'at the side door', { place: 'side door' }),
  atOnce(
    'all: porch',
    "nobody's home just leave it on the back porch",
    { presence: false, place: 'porch' },
    'on the back porch',
  ),
  atOnce(
    'all: garage and code',
    'leave it in the garage the code is four two seven one',
    { place: 'garage', code: '4271' },
    'in the garage',
  ),
  atOnce(
    'all: neighbor',
    "I won't be home please give it to my neighbor Maria",
    { presence: false, place: 'neighbor' },
    'my neighbor Maria',
  ),
  atOnce('all: reception', 'just leave it at reception', { place: 'reception' }, 'at reception'),
  atOnce(
    'all: dog',
    "we're out leave it behind the shed and watch out for the dog",
    { presence: false, place: 'shed', words: ['dog'] },
    'behind the shed',
  ),
  atOnce(
    'all: ruled out',
    "I'm out put it in the shed not on the porch",
    { presence: false, place: 'shed' },
    'in the shed',
  ),
  other(
    'keys only, home',
    { presence: true },
    {
      consent: [press('1')],
      presence: [press('1')],
      placement: [press('1')],
      instructions: [press('1')],
      confirm: [press('1')],
    },
  ),
  other(
    'keys only, neighbor',
    { presence: false, place: 'neighbour' },
    {
      consent: [press('1')],
      presence: [press('2')],
      slots: [press('3')],
      placement: [press('2')],
      instructions: [press('1')],
      confirm: [press('1')],
    },
  ),
  other(
    'hard of hearing',
    { presence: true },
    {
      consent: [say('what'), say('yes')],
      presence: [say("I can't hear you"), say('pardon'), say("yes I'll be home")],
      placement: [say('just ring the bell')],
    },
  ),
  other(
    'asks what',
    { presence: false, place: 'porch' },
    {
      presence: [say('what?'), say("no I won't be")],
      slots: [say('no, just deliver it as planned')],
      placement: [say('huh'), say('on the porch')],
    },
  ),
  other(
    'mumbles first',
    { presence: true },
    {
      presence: [say('mmm the the', 0.2), say('yes I will')],
      placement: [say('just ring the bell')],
    },
  ),
  other(
    'is asked, not sure',
    { place: 'porch' },
    {
      presence: [say("I'm not sure I'll be home")],
      presence_check: [say("I really don't know")],
      placement: [say('on the front porch')],
    },
  ),
  other(
    'another day, names it',
    { slot: 's2' },
    {
      presence: [say('can you come on Wednesday instead')],
      slots: [say('Wednesday')],
    },
  ),
  other(
    'another day, chooses',
    { slot: 's1' },
    {
      presence: [say("that's no good, another day please")],
      slots: [say('the first one')],
    },
  ),
  other(
    'another day, none suits',
    { followUp: true },
    {
      presence: [say('can we do another day')],
      slots: [say('none of those')],
    },
  ),
  other(
    'refuses',
    { refused: true },
    {
      presence: [say("I don't want it anymore send it back")],
      placement: [say('send it back')],
      slots: [say('send it back')],
    },
  ),
  other(
    'seems to refuse',
    { presence: true },
    {
      presence: [say("send it back to me if you can't find the house"), say('yes somebody will be there')],
      refusal_confirm: [say('no no I want it')],
      placement: [say('just ring the bell')],
    },
  ),
  other('opts out by key', { optOut: 'wish' }, { consent: [press('9')] }),
  other('opts out by words', { optOut: 'wish' }, { consent: [say('stop calling me')] }),
  other(
    'wrong number',
    { optOut: 'wrong_number' },
    { consent: [say('you have the wrong number')], presence: [say('wrong number')] },
  ),
  other(
    'no recording',
    { presence: true },
    { consent: [say('no thanks')], presence: [say('yes')], placement: [say('just ring the bell')] },
  ),
  other(
    'call screener',
    { presence: true },
    {
      consent: [say('who is calling please'), say('yes')],
      presence: [say("I'll be home")],
      placement: [say('just ring the bell')],
    },
  ),
  other('hangs up at once', {}, { consent: [HANG_UP] }),
  other(
    'hangs up after the place',
    { place: 'porch' },
    {
      presence: [say('leave it on the porch')],
      placement: [say('leave it on the porch')],
      confirm: [HANG_UP],
      slots: [say('leave it on the porch')],
    },
  ),
  other('says nothing', { followUp: true }, { consent: [SILENT], presence: [SILENT] }),
  other(
    'elderly and talkative',
    { presence: true, words: ['knock'] },
    { consent: [say('yes of course you may dear')], presence: [TALKATIVE], placement: [say('just knock')] },
  ),
  other('wants a person', { followUp: true }, { presence: [say('can I talk to a person')] }),
  other(
    'changes their mind',
    { presence: false, place: 'garage' },
    {
      presence: [say('no')],
      slots: [say('no, just deliver it as planned')],
      placement: [say('on the porch')],
      confirm: [say('no, put it in the garage'), say('yes')],
    },
  ),
  other(
    'is somebody there?',
    { presence: true },
    {
      presence: [say('is somebody there'), say('oh yes we will be home')],
      placement: [say('just ring the bell')],
    },
  ),
];
