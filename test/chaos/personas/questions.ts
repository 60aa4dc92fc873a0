/** Regular expressions by which customers recognize the questions, in English and Spanish. */
export const QUESTIONS = {
  consent: 'may we record this call|is recording okay',
  presence: 'will somebody be there, or where|if somebody will be there, 2 if nobody',
  presenceCheck: 'to be sure: will somebody be there|if somebody will be there, or 2 if nobody',
  slots: 'which one suits you|does that suit you|to keep the planned time',
  slotConfirm: 'so we come [^?]*instead|should we come',
  placement: '(?<!or )where should we leave it',
  instructions: 'where should the driver put it|which neighbor|please say the (?:place|name)',
  code: 'is there a code for a gate or a door|please say the code',
  confirm: '(?:so (?:nobody|somebody|if nobody|your|the code|we (?:leave|do not|pass))|once more:)[^?]*right',
  consentInSpanish: 'podemos grabar esta llamada|está bien grabar',
  presenceInSpanish: 'habrá alguien, o dónde|si habrá alguien, 2 si no',
  placementInSpanish: '(?<!o )dónde lo dejamos',
  instructionsInSpanish: 'con cuál vecino|dónde debe dejarlo el repartidor|diga el (?:lugar|nombre)',
  confirmInSpanish:
    '(?:entonces (?:no habrá|habrá|estará|lo dejamos|no lo|si no|el código|pasamos)|repito:)[^?]*correcto',
} as const;
export type Question = keyof typeof QUESTIONS;

/** The prompt with which the product ends a call that it cannot continue. Input just before it was not recorded. */
export const CANNOT_CONTINUE = /cannot go on with this call|no podemos continuar esta llamada/iu;
