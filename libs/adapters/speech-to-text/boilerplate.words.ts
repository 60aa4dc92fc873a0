/**
 * Sentences that recognizers trained on subtitles write over silence and noise, and that no customer says to a delivery
 * service. Without accents, signs and capitals. Sources: reports of Whisper's users, such as
 * https://github.com/openai/whisper/discussions/928.
 */
export const BOILERPLATE: readonly RegExp[] = [
  /^(?:thank you|thanks)(?: so much| very much)? for (?:watching|viewing|listening)(?: (?:this|the|my|our) (?:video|channel|episode))?$/,
  /^(?:please |and |do not forget to |don't forget to |remember to )*(?:like|subscribe|share)(?:,? (?:and )?(?:like|comment|share|subscribe))*(?: (?:to|on) (?:my|our|the|this) (?:channel|video))?$/,
  /^see you (?:in|on) (?:the|my|our) next (?:video|one|episode)$/,
  /^(?:subtitles?|captions?|captioning|transcription|transcribed|translated|translation)(?: \w+)? by .{1,60}$/,
  /^(?:subtitulos?|subtitulado|transcripcion|traduccion|traducido)(?: \w+)* por .{1,60}$/,
  /^.{0,40}amara ?org.{0,40}$/,
  /^(?:muchas )?gracias por (?:ver|mirar|su atencion al|escuchar)(?: (?:el|este|mi|nuestro) (?:video|canal|episodio))?$/,
  /^(?:no (?:olvides|olviden|se olviden de|te olvides de) )?(?:suscribete|suscribanse|suscribirte|suscribirse|dale like)(?: y .{1,40})?(?: (?:al|a mi|a nuestro|en el) canal)?$/,
  /^nos vemos en (?:el|un) (?:proximo|siguiente) (?:video|episodio)$/,
  /^(?:music|musica|applause|aplausos|laughter|risas|blank audio|silence|silencio|inaudible|foreign)$/,
  /^you$/,
];
