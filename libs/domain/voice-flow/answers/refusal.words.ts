import { pattern, type Term } from '#libs/domain/instructions/text/patterns.js';

/**
 * Words by which a parcel is not wanted, folded. They only lead to the question whether it is to be sent back, so that
 * they may be broad.
 */
const REFUSING: readonly Term[] = [
  /(don't|do not|no longer|never) (really )?(want|need|accept) (it|this|that|any|(the|your|this|that) (parcel|package|order|delivery))( any ?more)?(?! (left|to|out|outside|on|in|at|with|before|after|until|sitting|thrown|there|delivered|today|tomorrow|this))/,
  /(send|take|bring|ship) (it|this|that|the (parcel|package|order)) (right )?back/,
  /return (it|this|that|the (parcel|package|order))? ?(to (the )?(sender|shop|store|seller|company)|please)?$/,
  /(refuse|reject|cancel|decline) (it|this|that|the|my|your)( \w+)?/,
  /(won't|will not|not going to|not gonna) (accept|take|receive) (it|this|that|the)( \w+)?/,
  /(ya )?no (lo|la) (quiero|necesito|acepto|voy a (recibir|aceptar))/,
  /no quiero (el|la|ese|esa|este|esta|su|ningun) (paquete|pedido|entrega|caja)/,
  /(regres[ea]n?l[oa]|devuelv[ae]n?l[oa]|(lo|la) (devuelvo|regreso|devuelven|regresan))/,
  /(cancel\w+|rechaz\w+) (el|la|mi|ese|este) (pedido|paquete|entrega|orden)/,
];
export const REFUSAL_PHRASES = pattern`\b${REFUSING}`;

/** A wish to get the parcel. */
export const KEEPING = /\b(?:want|need|keep|bring|deliver|leave|quiero|necesito|entreg\w+|traig\w+|dej\w+)\b/;
/** A wish that is denied: "I don't want it". */
export const DENIED_WANT =
  /\b(?:don't|do not|never|no longer|ya no|no) (?:really )?(?:lo |la )?(?:want|need|quiero|necesito)\b/g;
