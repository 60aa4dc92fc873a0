/** Regular expressions by which customers recognize the questions, in English and Spanish. */
export const QUESTIONS = {
  consent: 'may we record this call',
  presence: 'will somebody be there then',
  presenceConfirm: 'i understood that (?:somebody|nobody) will',
  slots: 'as planned while you are out',
  slotConfirm: 'i understood \\p{L}+day[^.]*between',
  placement: 'how should the driver hand it over',
  instructions: 'please tell the driver now',
  code: 'if there is a code for a gate or a door',
  confirm: 'say yes or press 1 if that is right',
  consentInSpanish: 'podemos grabar esta llamada',
  presenceInSpanish: 'habrá alguien a esa hora',
  placementInSpanish: 'cómo quiere que lo entreguemos',
  instructionsInSpanish: 'dígale ahora al repartidor',
  confirmInSpanish: 'diga sí u oprima 1 si es correcto',
} as const;
export type Question = keyof typeof QUESTIONS;

/** The prompt with which the product ends a call that it cannot continue. Input just before it was not recorded. */
export const CANNOT_CONTINUE = /cannot go on with this call|no podemos continuar esta llamada/iu;
