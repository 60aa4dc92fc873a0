import { pattern, terms } from '../text/patterns.js';

/** Words that change a delivery and do not refuse it: "not without a signature". Folded, as all words of this file. */
export const NOT_A_REFUSAL =
  /\b(?:i|we) (?:don't|do not|dont) want (?!(?:it|this|that|the (?:parcel|package|box)) )(?:[\w'.]+ ){1,4}(?:taking|getting|signing|receiving|having|touching)\b|\b(?:you'd|i'd|we'd|would) be (?:crazy|mad|silly|stupid)\b|\b(?:without|unless|sin que|sin firma|sin llamar|sin avisar|a menos que)\b|\b(?:i'll|i will|we'll|we will|i can|i'd rather) (?:collect|pick it up|come and get it|fetch|come get it)\b|\b(?:paso|voy) (?:a recoger|por el|por ella)\w*\b|\byo l[oa] recojo\b|\bback to (?:the|my) (?!sender|shop|store|seller|warehouse|company|depot)/;
/** The parcel is refused in so many words. */
export const REFUSED = pattern`${[
  /\b(?:i|we) (?:refuse|reject) (?:it|this|that|the (?:package|parcel|delivery|box|order)|delivery)\b/,
  /(?<!\bsi )\b(?:lo|la|los|las) rechaz(?:o|amos)\b(?! (?:el|la|los|las|mi|mis|un|una|otro|otra|alguien)\b)/,
  /\brechaz(?:o|amos|ar) (?:el|la|ese|esa|este|esta) (?:paquete|entrega|envio|pedido|caja)\b/,
  /\bno quiero recibir (?:el|la|ese|esa|este|esta|ningun|su|nada) ?(?:paquete|entrega|envio|pedido|caja)?\b/,
  /\b(?:devuelvan?|regresen?|retornen?|devolver|regresar) (?:el paquete|la caja|el pedido|el envio)(?: al remitente| de vuelta| a la tienda)?\W*$/,
  /\b(?:devuelvan?|regresen?|retornen?)(?:lo|la)?(?: el paquete)? al remitente\b/,
]}`;
/** The past of "rechazo", which differs by its accent only. Not folded. */
export const REFUSED_BY_OTHERS = /\brechazó/i;
/** A refusal of an earlier delivery. */
export const REFUSED_BEFORE =
  /\b(?:last (?:time|week|month)|yesterday|the other day|la vez pasada|la otra vez|la ultima vez|ayer|el otro dia)\b[^.!?]{0,30}\b(?:refus|reject|rechaz)/;
/** The calls are welcome. */
export const KEEPS_CALLS =
  /\b(?:don't|do not|never) (?:want (?:you )?to )?stop (?:the |these |your )?(?:calls|calling|texts|texting|messages)\b|(?<!(?:can't|cannot|don't|do not|not|stop|quit|why) )\bkeep (?:the calls|calling me|them coming)\b|\bno (?:quiero que )?(?:dejen|paren) de (?:llamar|avisar)\w*\b/;
/** That it is not refused. */
export const KEPT =
  /\b(?:not|don't|do not|won't|never|no|sin|isn't|ain't) (?:\w+ )?(?:refus\w+|reject\w+|rechaz\w+|devolver\w*|devuelv\w+|send(?:ing)? (?:it|that|this) back)\b/;
/** No delivery without a call before. */
export const NOT_UNANNOUNCED =
  /\bwithout (?:calling|phoning|ringing|texting|giving (?:me|us) a (?:bell|call|ring|shout))(?: me| us)?(?: up)?(?: first| ahead| before\w*)?|\bsin (?:llamar|avisar|marcar)(?:me|nos)?(?: antes| primero)?\b/;
/** Words at the end of a text that decline the parcel, so that no condition of place or time follows. */
export const NOT_WANTED =
  /\b(?:i|we) (?:do not|don't|dont) want (?:(?:that|this|the|your) (?:thing|package|parcel|box|stuff|junk)|it)(?: any ?more| at all| thanks| thank you| period| ever)*\W*$/;
/** Words for contact that is declined, or wanted only at the door or in an emergency, not before arrival. */
export const NOT_AHEAD =
  /\b(?:when|once) (?:you are|you're|your|u r|ur|he's|they're) (?:at|outside|here|standing|in front)|\bcuando (?:ya )?(?:este|estes|esten) (?!a \w+ (?:minutos|cuadras)|a punto|en camino|cerca|llegando|por llegar)|\bif you (?:can't|cannot|don't) find\b/;
/** Declined contact. If it contains the only word of {@link CONTACT}, the customer wants no contact. */
export const DENIED_CONTACT = /\b(?:don't |do not |never |no (?:me )?)(?:call|phone|text|llam\w+|marqu\w+)\b/;
/** Each word for contact. */
export const CONTACT = /\b(?:call\w*|phone|text\w*|message|llam\w+|marqu\w+|marca\w*|mensaj\w+|avis\w+|ring me)\b/g;
/** A wish about where or when to be called, which is not an opt-out. */
export const AT_TIME_OR_PLACE =
  /\b(?:hoy|ahorita|today|now|tonight) (?:ya )?(?:no me|don't|stop) (?:call|marqu|llam|text)\w*|\b(?:don't|do not|stop|quit|no me|ya no me|no) (?:be )?(?:call|calling|ring|ringing|text|texting|llamen|llame|marquen|esten llamando|manden) ?(?:me |us |mensajes )?(?:at|on|before|after|my|during|while|so|today|hoy|ahorita|al|a la|a las|en|antes|despues|tan|por la|cuando)\b/;
/** Words without which a text is not about contact. */
export const CONTACT_WORDS = pattern`\b${[
  ...terms(
    'call text phon contact messag ring list number spam bother sms stop harass robot llam marc marq mensaj lista numero molest whats escrib dejen paz baja msg msj datos data consent',
  ),
  'leave me',
]}`;
/** Explicit wishes to speak with a person. */
export const HUMAN_ASKED = pattern`\b${[
  /(?:talk|speak) (?:to|with) (?:some|any)(?:one|body)/,
  /(?:talk|speak) (?:to|with) (?:an?|your|the) (?:\w+ )?(?:person|human|manager|supervisor|agent|representative|rep|operator)/,
  /(?:put|get) me (?:through to |on to |onto )?(?:some(?:one|body)|(?:an?|your|the) (?:\w+ )?(?:person|human|manager|supervisor|agent|representative|rep|operator))/,
  /(?:make|file|lodge|register) a complaint/,
  /pas[ea]n?me (?:con|a) (?:un|una|el|la|su|alguien|otro|otra)/,
  /comuni(?:que|ca|quen)(?:n)?me con/,
  /(?:hablar|platicar) con (?:una persona|alguien|un humano|un agente|un representante|un supervisor|el gerente|la gerente|un encargado|el encargado)/,
  /poner una queja/,
]}\b`;
/** A text that only asks for a person: "representative, representative". */
export const ONLY_HUMAN = pattern`^(?:${terms('representative operator agent supervisor human person representante operador operadora agente persona')}[ .,]*)+$`;
/** Words stating that the number, the address or the person is wrong. */
export const WRONG_PERSON_WORDS =
  /\bwrong (?:number|person|address|house|place|guy|phone)\b|\bequivocad\w+|\b(?:no|not|n't|never|longer|nobody|no one|ya no) (?:\w+ ){0,4}(?:live|lives|lived|viv\w+|here|aqui|named|called|llam\w+|heard|know|conozc\w+)\b|\bmov(?:ed|ing)\b|\b(?:mud|cambi)\w+|\b(?:died|deceased|passed|fallecio|murio)\b|\baddress\b|\bdireccion\b|\bsomeone else\b|\botra persona\b/;
/** Words of a wish for a person, or of a matter that needs one. */
export const HUMAN_WORDS = pattern`\b${[
  'person',
  /humans?(?: being)?/,
  /some(?:one|body)/,
  /any(?:one|body)/,
  /representatives?/,
  'rep',
  'supervisor',
  'manager',
  'agent',
  'operator',
  'executive',
  'boss',
  'senior',
  /customer (?:care|service|support)/,
  /complain\w*/,
  'refund',
  'robot',
  'machine',
  'computer',
  'recording',
  /(?:different|wrong|new|another|other) address/,
  /my address/,
  /(?:talk|speak) (?:to|with)/,
  'charged',
  'police',
  'lawyer',
  'persona',
  'humano',
  'alguien',
  'representante',
  'gerente',
  'encargado',
  'encargada',
  'agente',
  /operador\w*/,
  'asesor',
  'asesora',
  'ejecutivo',
  'jefe',
  /quej\w+/,
  'reclamo',
  'reembolso',
  'maquina',
  'maquinas',
  'grabadora',
  'grabacion',
  'aparato',
  'direccion',
  /comuni[cq]\w+/,
  /(?:hablar|hablo) con/,
  'atencion al cliente',
  'policia',
  'abogado',
]}\b`;
