import { pattern, terms } from '../text/patterns.js';

/** Words around times, folded. */

/** Words by which someone is there from a time on, or it suits. */
export const RETURNS = pattern`^${[
  ...terms(
    'home back return returning returns arrive arriving arrives get gets getting off in there here finish finished done free available up awake llego llega llegamos regreso regresa regresamos vuelvo vuelve volvemos estoy esta estamos estan casa desocupo salgo salimos sale libre puedo around ya by encuentra encuentran recibo reciben hay works fine good ok okay bien',
  ),
]}$`;
/** Words by which someone leaves at a time. */
export const LEAVES = pattern`^${[
  ...terms(
    'leave leaving leaves left go going goes head heading step out start starts close closes off away begin voy vamos va salgo salimos sale entro entra entramos empiezo cierro cierra cierran cerramos retiro duermo acuesto sleep bed',
  ),
]}$`;
/** Words by which the delivery comes at a time. */
export const ORDERS = pattern`^${[
  ...terms(
    'come coming deliver bring drop ring knock arrive show turn swing send vengan venga vengas venir traigan traiga traer traerlo entreguen entregue lleguen llegue pasen pase toquen manden before',
  ),
]}$`;
/** Words before a time that is excepted. */
export const EXCEPT_WORD = /^(except|but|excluding|bar|menos|salvo|excepto)$/;
/** Words that bound a time. */
export const BOUND_WORD = /^(after|before|until|till|til|between|hasta|antes|despues|entre)$/;
/** Words directly before a time, that someone is there then. */
export const THERE_THEN =
  /\b(?:(?:i|we|he|she|they) will be|i'll be|we'll be|i'm|we're|estoy|estamos|estare|estaremos) ?(?:there|here|home|at home|in|aqui|ahi|en casa)?$|\blo recibe$/;
/** Words directly before a time at which the customer comes home. */
export const COMES_HOME =
  /\b(?:llego|llegamos|regreso|regresamos|vuelvo|volvemos|(?:i|we) get (?:home|back|in)|(?:i'll|we'll) be (?:home|back))(?: (?:a casa|a la casa|como|around|about|at|by|tipo))*$/;
/** "Sí estoy pero salgo …": who is at home leaves from there. */
export const STAYS_THEN_LEAVES =
  /\b(?:estoy|estamos|esta) (?:\w+ ){0,4}(?:pero|y|hasta que) (?:ya )?(?:salgo|salimos|sale|me voy)(?: (?:a|como|las|la|tipo))*$/;
/** The day that was named last. */
export const THAT_DAY = /\b(?:that|ese|aquel) (?:same |mismo )?(?:day|dia)\b/;
/** Words before a time that another replaces. */
export const INSTEAD_OF = /(?:^| )(?:rather than|instead of|lieu of|vez de|vez del|lugar de|lugar del|not on)$/;
/** Phrases for the time that was named last. */
export const SAME_TIME =
  /^(?:(?:at|in|during|around|por|a|en) )?(?:that time|those times|that hour|that|then|those|between those|esa hora|ese horario|ese rato|ese tiempo|esas horas|ese lapso)$/;
/** Between two times they say that the first was a slip. */
export const CORRECTS = pattern`\b${[
  ...terms('nvm nevermind wait rather perdon digo'),
  'never mind',
  'actually no',
  'no wait',
  'no sorry',
  'no hang on',
  'no hold on',
  'wait no',
  'sorry no',
  'scratch that',
  'i mean',
  'make that',
  /(?:scratch that|you know what|actually|no),? make it/,
  'actually no',
  'no actually',
  'no make it',
  'no espera',
  'espera no',
  'ay no',
  'no perdon',
  'no mentira',
  'no miento',
  'corrijo',
  'no ya en serio',
  /no (?:i )?tell a lie/,
  'mejor dicho',
  'mas bien',
  'no no',
  'me equivoque',
]}\b`;
/** Phrases for what is after (group 1) or before (group 2) the time that was named last. */
export const REFERS_BACK =
  /^(?:any ?time )?(?:(after|from|despues|luego|then|afterwards|later)|(before|until|till|antes|earlier|hasta))(?: de| of| than)?(?: that| then| eso| esa hora| ese rato| it| on)?$/;
/** Phrases for the time for which the delivery is planned. */
export const PLANNED_TIME =
  /^(?:whenever|cuando)\b|^(?:for )?(?:the |that )?(?:whole|entire) time$|^(?:por )?todo (?:el|ese) (?:rato|tiempo)$/;
