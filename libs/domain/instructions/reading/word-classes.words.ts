/**
 * Classes of words, from which the reader generalizes to words that are not in the training data. Folded; `*` matches
 * any ending. A word may have several classes.
 */
export const WORD_CLASSES = {
  number:
    'zero oh nought naught aught one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred cero uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieci* veinte veinti* treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento',
  multiple: 'double triple doble triple twice',
  minutes: 'quarter half media cuarto pico tantito thirty fifteen punto sharp ish',
  half: "am pm a.m p.m oclock o'clock",
  day: 'monday* tuesday* wednesday* thursday* friday* saturday* sunday* mon tue tues wed weds thu thur thurs fri sat sun lunes martes miercoles jueves viernes sabado sabados domingo domingos weekday* weekend* finde semana week',
  near_day: 'today tonight tomorrow tmrw tmr tomoro yesterday hoy manana ayer pasado antier anoche',
  month:
    'january february march april may june july august september october november december jan feb apr jun jul aug sept oct nov dec enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  ordinal:
    'first second third fourth fifth sixth seventh eighth ninth tenth twentieth 1st 2nd 3rd primero primera segundo segunda tercero tercera cuarta quinto',
  part: 'morning mornings afternoon afternoons arvo evening evenings night nights noon midday midnight lunch lunchtime dinner dinnertime breakfast teatime dawn dusk sunset sundown daytime tarde tardes tardecita noche noches mananas mediodia medianoche madrugada almuerzo comida cena desayuno siesta',
  all: 'all any anytime whenever whole entire every always todo toda todos cualquier cualquiera siempre',
  duration:
    'minute minutes min mins hour hours hr hrs days weeks month months year years minuto* hora horas dias semanas mes meses ano anos rato ratito while',
  after:
    'after from since past onward onwards later starting beyond despues partir desde pasando pasadas pasada pasado luego adelante tras ya',
  before: 'before until till til by earlier latest prior antes hasta temprano tardar previo',
  between: 'between entre through to thru',
  about: 'about around roughly approximately like maybe probably almost nearly eso como tipo aproximadamente casi',
  not: "no not never none nobody nothing neither nor without cannot cant wont dont isnt arent doesnt didnt can't won't don't isn't aren't doesn't didn't wasn't wouldn't couldn't shouldn't ain't haven't hasn't nunca nadie nada ninguno ninguna ningun tampoco sin ni jamas",
  only: 'only just solely strictly solo solamente nomas unicamente unless except but excepto menos salvo pero sino instead rather mejor',
  if: 'if unless otherwise case when whenever once provided should si cuando caso mientras aunque',
  i: "i i'm i'll i've i'd me my mine myself we we're we'll our us yo mi mis me nosotros nuestra nuestro",
  you: 'you your ya u usted ustedes su sus le les tu te',
  it: 'it this that them parcel package packet box delivery item order stuff thing lo la los las esto eso paquete caja encargo pedido entrega mercancia bulto sobre',
  there: 'home house in here there around inside indoors place casa aqui aca ahi alla adentro hogar',
  be: "be am is are was were being been will shall i'll i'm we'll she'll he'll they'll gonna estar estoy esta estamos estan estare estara estaremos estaran estaba va voy vamos van ando anda andamos queda quedo ser es son",
  gone: 'out away gone leave leaving left off travelling traveling vacation holiday holidays abroad busy fuera salgo saldre salir salimos sale viaje vacaciones ocupado ocupada ausente trabajando viajando',
  work: 'work working works worked job shift shifts office school class appointment doctor dentist gym church meeting meetings hospital airport trabajo trabajar trabajamos turno oficina escuela clase cita doctor dentista junta misa aeropuerto chamba jale',
  back: 'back return returning returns home arrive arriving arrives get gets getting regreso regresa regresar* regresamos vuelvo vuelve volvemos llego llega llegar* llegamos llegare vuelta',
  come: 'come comes coming came deliver delivering delivered delivery bring bringing brought drop swing stop pop arrive show turn venir ven venga vengan viene vienen vengas pasar pasa pase pasen pases traer trae traiga traigan traigas traemelo entregar entrega entregue* entreguen llegue* lleguen vayan manden mande',
  leave:
    'leave leaving left put placing place set drop dropped stick tuck hide stash pop chuck bung sling lay stow store shove slide push toss throw rest dump pon pongalo ponga* ponlo poner dejar deja deje dejen dejelo dejenlo dejalo dejas dejes dejarlo dejarmelo meter mete meta metan metelo metalo aventar aviente avientelo aventarlo echar eche echelo colocar coloque esconder escondalo guardar guarde guardelo recargar recarguelo acomodar',
  take: 'take takes taking accept accepts receive receives sign signs grab collect get hold give hand pass recibir recibe reciba reciban recibo recogen agarra agarrar agarre firma firme firmar entregaselo entregueselo darselo daselo deselo dele dar dejaselo dejeselo encargar encargaselo',
  pickup:
    'pick pickup collect fetch collecting recoger recojo recogerlo recogere paso pasamos ir sucursal depot warehouse branch bodega',
  call: 'call calls calling called ring ringing phone phoning text texting texts message messages dial sms whatsapp contact notify buzz llamar llama llame llamen llamada llamadas llamando llames llamenme marcar marca marque marquen marcame mensaje mensajes avisar avisa avise avisen avisenme escribir escribanme timbrar',
  refuse:
    'refuse refusing reject cancel canceled cancelled cancelling return send sending want wanted need order ordered bought rechazar rechazo cancelar cancele cancelen cancelado devolver devuelva* devuelvan devuelvanlo regresen regresenlo quiero quiere queremos necesito pedi pedimos compre encargue',
  stop: 'stop quit remove unsubscribe off list bother bothering again more anymore anymore never block delete scrub dejar dejen dejenme quitar quiten quitenme borrar borren borrenme molestar molesten molestando mas baja basta parar paren lista',
  move: 'reschedule rescheduled postpone change move switch push shift delay rather instead another other different next sooner cambiar cambie cambien cambio mover muevan reprogramar reprogramen posponer aplazar pospongan otro otra proximo proxima siguiente entrante',
  person:
    'wife husband mom mum mother mama dad father papa son daughter brother sister roommate flatmate housemate partner boyfriend girlfriend neighbor neighbour neighbors neighbours kid kids child children grandma grandmother grandpa nan gran granddad aunt uncle cousin niece nephew friend tenant landlord landlady cleaner nanny babysitter housekeeper maid nurse carer colleague coworker assistant secretary boss family somebody someone anybody anyone everybody everyone esposa esposo marido mujer hijo hija hijos hermano hermana madre padre suegra suegro cunada cunado abuela abuelo abuelita abuelito tia tio prima primo sobrina sobrino novia novio companero companera vecino vecina vecinos amigo amiga senora senor muchacha muchacho empleada nana ninera familia alguien nuera yerno comadre compadre dona don mrs mr ms miss',
  staff:
    'concierge doorman porter guard security receptionist reception desk super janitor manager office caretaker watchman mailroom portero porteria conserje vigilante guardia seguridad recepcion recepcionista velador administracion administrador caseta caretaker warden landlord supervisor',
  place:
    'door doorstep step steps porch patio garage shed mailbox letterbox postbox box gate fence yard garden lawn balcony terrace deck veranda verandah carport car truck van trunk boot driveway hall hallway lobby corridor landing stairs stairwell locker bin bins bush bushes hedge planter pot pots mat bench chair table window side back front rear greenhouse barn stable kennel coop counter shop store kiosk bakery pharmacy laundry basement cellar attic conservatory porchway entrance entryway vestibule foyer mailroom cupboard cabinet crate chest cooler bucket basket bag hook wall pillar column tree pillar rock puerta puertita porton porche zaguan cochera garaje garage patio jardin reja cerca barda buzon casilla balcon terraza azotea techo lobby recepcion pasillo escalera escaleras escalon locker casillero lavadero lavanderia bodega cuarto cuartito cobertizo corral gallinero carro coche camioneta cajuela troca tienda tiendita papeleria farmacia panaderia negocio local mostrador ventana banca silla mesa maceta macetas arbol arbusto matas tapete esquina entrada frente atras lado detras interior sotano tinaco bote tambo canasta caseta',
  spot: 'behind under underneath beneath beside next inside in on at by near over between top around against onto into where outside round detras debajo abajo arriba encima adentro dentro junto lado atras frente afuera bajo sobre en donde contra entre enfrente',
  code: 'code codes pin combination combo passcode keypad password buzzer buzz intercom entry access number digits codigo clave contrasena combinacion nip pin teclado numero timbre interfono claves digitos acceso',
  opens:
    'gate door lock lockbox padlock entrance building lobby opens open unlock keypad reja porton puerta candado entrada edificio abre abren abrir chapa cerradura caja',
  unit: 'apartment apt flat unit number house suite room floor level block tower door lot numero departamento depto depa casa interior piso torre edificio lote local cuarto',
  other_number:
    'phone cell mobile order tracking reference wifi alarm postcode zip birthday account price dollars pounds euros street avenue road years old degrees percent telefono celular pedido orden guia referencia alarma postal cumpleanos cuenta precio pesos dolares calle avenida anos edad cuesta',
  letter_help: 'as like for in de como capital uppercase lowercase letter letra mayuscula minuscula',
  key_sign:
    'star asterisk pound hash hashtag sign key dash asterisco estrella gato numeral almohadilla signo tecla guion',
  dog: 'dog dogs puppy pup rottweiler pitbull shepherd bite bites barks perro perros perra perrito perrita cachorro muerde ladra bravo brava',
  ice: 'ice icy frozen slippery snow slick hielo nieve resbaloso resbalosa resbala congelado',
  fragile:
    'fragile careful carefully glass breakable gentle gently fragil cuidado cuidadoso vidrio delicado delicada romper rompe',
  bell: 'bell doorbell ring knock knocking buzzer timbre tocar toque toquen toca campana tocan golpear',
  sleep: 'baby asleep sleeping sleep nap naps bebe dormido dormida dormir duerme siesta',
  wrong: 'wrong mistaken equivocado equivocada equivocaron mistake died passed deceased fallecio murio muerto',
  unsure:
    'maybe perhaps probably might depends sure possibly unsure dunno tal vez quiza quizas depende posiblemente seguro segura',
  yes: 'yes yeah yep yup sure ok okay course absolutely definitely certainly fine perfect great si claro simon sale orale bueno perfecto exacto seguro afirmativo cierto correcto ajá aja',
  old: 'last used old previous previously previous was were stolen stole yesterday ultimo ultima anterior vieja viejo robaron paso antier antes ya',
} as const;

export type WordClass = keyof typeof WORD_CLASSES;
