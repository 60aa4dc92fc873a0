import { isWrongNumber, matchChoice, matchCommand } from './quick-match.js';

describe('a choice', () => {
  it.each([
    ['the first one', 0],
    ['no, the second one', 1],
    ['option two please', 1],
    ['the last one', 2],
  ])('is taken from "%s"', (text, index) => {
    expect(matchChoice(text, 'en', 3)?.value).toBe(index);
  });

  it.each([
    'not the first one',
    'anything but the first one',
    'any except the third one',
    "the first one doesn't work",
    "I can't do the second one",
    'not option two',
    'the first one is no good',
    'the first one is too early',
  ])('is not taken from "%s", which rules it out', (text) => {
    expect(matchChoice(text, 'en', 3)).toBeNull();
  });

  it.each([
    'la primera no',
    'no la primera opción',
    'cualquiera menos la primera',
    'la segunda opción no me sirve',
    'tampoco la primera',
    'que no sea la primera',
  ])('is not taken from "%s" in Spanish', (text) => {
    expect(matchChoice(text, 'es', 3)).toBeNull();
  });
});

describe('a wrong number', () => {
  it.each([
    'wrong number',
    'sorry, you have the wrong number',
    "you've got the wrong person",
    "there's no one by that name here",
    "this isn't her number anymore",
    "I don't know anyone by that name",
    "this is not Ana's phone",
    'número equivocado',
    'está equivocado',
    'se equivocó de número',
    'aquí no vive nadie con ese nombre',
    'no conozco a esa persona',
    'este ya no es el número de Ana',
  ])('is recognized in "%s"', (text) => {
    expect(isWrongNumber(text)).toBe(true);
  });

  it.each([
    'no one is here',
    "that's wrong",
    'the code had a wrong number in it last time',
    "they always ring the wrong house, it's number four",
    'aquí no hay nadie en casa',
    'está mal',
  ])('is not recognized in "%s"', (text) => {
    expect(isWrongNumber(text)).toBe(false);
  });
});

describe('a command to the conversation', () => {
  it.each(['what?', "what's that", 'huh', "I can't hear you", 'could you speak up', 'what was the question', 'sorry?'])(
    'asks to repeat in "%s"',
    (text) => {
      expect(matchCommand(text, 'en')).toBe('repeat');
    },
  );

  it.each(['¿qué?', '¿cómo?', 'mande', '¿qué dijo?', 'no le escucho', 'más despacio por favor'])(
    'asks to repeat in "%s" in Spanish',
    (text) => {
      expect(matchCommand(text, 'es')).toBe('repeat');
    },
  );
});
