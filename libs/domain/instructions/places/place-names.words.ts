import type { SafePlace } from '../model/types.js';

const listOf = (phrases: string): readonly string[] => phrases.split('|');

/** Phrases that name a place, folded. The longest match counts. `*` matches any ending. */
export const PLACE_NAMES: Readonly<Record<Exclude<SafePlace, 'other'>, readonly string[]>> = {
  neighbour: listOf(
    'neighbor*|neighbour*|next door|next-door|nextdoor|nxt door|across the hall|across the street|across the road|across the way|across the landing|over the road|vecin*|casa de al lado|la de al lado|el de al lado|la casa de enfrente|los de al lado|la de enfrente|el de enfrente|house opposite|people opposite|upstairs neighbor|downstairs neighbor',
  ),
  concierge: listOf(
    "concierge*|doorman|doormen|door man|caretaker*|porter|porters|porters lodge|porter's lodge|lodge|building manager|building super|superintendent|super|security|security guard|security desk|security office|guard|guards|guardhouse|guard house|guard shack|guard booth|gatehouse|gate house|gatekeeper|watchman|watchmen|conserje*|portero*|porteria|vigilante*|vigilancia|guardia|guardias|guardia de seguridad|poli|policia de la entrada|caseta|caseta de vigilancia|velador|seguridad|encargado del edificio|encargada del edificio",
  ),
  reception: listOf(
    'reception*|receptionist|front desk|lobby desk|leasing office|main office|rental office|front office|the office|mailroom|mail room|post room|package room|parcel room|recepcion*|recepcionista|mostrador de la entrada|la oficina del edificio|oficina principal|administracion|la direccion',
  ),
  locker: listOf(
    'locker*|parcel box|delivery box|package box|drop box|dropbox|parcel locker|casillero*|taquilla|paquetero|buzon de paquetes|caja de entregas|caja de paquetes',
  ),
  mailbox: listOf(
    'mailbox*|mail box|letterbox|letter box|postbox|post box|mail slot|letter slot|mail slot|buzon|buzones|buzoncito|mail drop',
  ),
  garage: listOf(
    'garage*|garage door|puerta del garaje|puerta de la cochera|carport|car port|car porch|garaje*|cochera*|estacionamiento techado|marquesina',
  ),
  shed: listOf(
    'shed|sheds|garden shed|tool shed|bike shed|woodshed|potting shed|outhouse|toolshed|cobertizo*|galpon*|galera|cuartito de herramientas|cuarto de herramientas|cuartito de las herramientas|cuarto de las herramientas|bodeguita|caseta del jardin|caseta de jardin|caseta de herramientas|garden hut|hut|bodega del patio|bodeguita del patio|casita de herramientas',
  ),
  porch: listOf(
    'porch|porches|front porch|back porch|side porch|screened porch|veranda|verandah|stoop|porche*|portico|portal|portalito|corredor de la entrada|terraza de la entrada',
  ),
  balcony: listOf('balcony|balconies|balcon*'),
  back_door: listOf(
    'back door|backdoor|rear door|kitchen door|patio door|patio doors|back of the house|back entrance|rear entrance|back step|back steps|back doorstep|round the back|around the back|around back|round back|out back|out the back|rear of the house|at the back|puerta de atras|puerta trasera|puerta de la cocina|puerta del patio|parte de atras|por atras|atras de la casa|entrada de atras|entrada trasera|puertita de atras|puerta de la parte de atras',
  ),
  side_door: listOf(
    'side door|side entrance|side porch door|side entry|side of the house door|puerta lateral|puerta de lado|puerta del lado|puerta del costado|puerta de al lado|puerta de servicio|entrada lateral|puerta de un costado|puertita lateral|puertita de lado|puerta del lateral',
  ),
  car: listOf(
    'trunk|boot|boot of the car|car|truck|van|pickup|pick up|back seat|backseat|front seat|passenger seat|bed of the truck|truck bed|glovebox|coche|carro|auto|camioneta|troca|trocka|cajuela|maletero|maletera|baul del carro|asiento de atras|caja de la camioneta|caja de la troca|batea',
  ),
  front_door: listOf(
    'front door|frontdoor|front step|front steps|front doorstep|front entrance|front mat|doorstep|door step|doormat|door mat|welcome mat|mat|my door|our door|apartment door|flat door|main door|main entrance|screen door|storm door|the door|door|step|steps|front stoop|puerta principal|puerta de la entrada|puerta de entrada|puerta de enfrente|puerta delantera|puerta de mi casa|puerta de la casa|puerta de mi depa|puerta del departamento|puerta del depa|puerta|tapete|tapetito|entrada principal|entrada de la casa|escalones de la entrada|escalon de la entrada|puerta de calle|umbral',
  ),
  gate: listOf(
    'gate|gates|side gate|back gate|front gate|garden gate|porton*|reja*|cancela|verja|zaguan*|cancel|puerta de la reja',
  ),
};

/** Words after a door or gate that make it a landmark for something else. */
export const BEFORE_LANDMARK: readonly string[] = listOf(
  'next to|left of|right of|to the left of|to the right of|near|beside|by|close to|opposite|facing|across from|past|under|underneath|behind|against|beneath|between|at the side of|al lado de|a un lado de|junto a|junto al|cerca de|cerca del|frente a|frente al|debajo de|debajo del|abajo de|abajo del|detras de|detras del|atras de|atras del|pegado a|pegado al|a la izquierda de|a la derecha de|entre|enfrente de|arriba de|encima de|a lado de|a lado del|al lado del|a un lado del',
);
