import { pattern, terms } from '../text/patterns.js';

/** Words before a person who is to receive something. Folded, as all words of this file. */
export const WITH = /^(?:with|to|w|at|con|a|al)$/;
export const DETERMINER = /^(?:my|the|our|mi|mis|el|la|los|las|nuestra|nuestro)$/;
export const NEIGHBOR = /^(?:neighbou?rs?(?:'s)?|vecin[oa]s?)$/;
/** People who work at the address and receive parcels. */
export const STAFF = pattern`^${[
  ...terms(
    'guard guards doorman doormen concierge porter super superintendent receptionist landlord landlady janitor caretaker guardia portero portera conserje vigilante velador recepcionista encargado encargada casero casera super',
  ),
]}$`;
/** How another person is related to the customer. */
export const RELATION = pattern`^${[
  ...terms(
    'husband wife mother father mom mum dad son daughter brother sister cousin uncle aunt auntie nephew niece grandma grandmother grandpa grandfather nan granny roommate flatmate housemate boyfriend girlfriend partner friend buddy mate neighbor neighbour boss coworker colleague nanny babysitter cleaner tenant lodger esposo esposa marido mujer mama papa madre padre hijo hija hermano hermana primo prima tio tia sobrino sobrina abuelo abuela suegro suegra cunado cunada yerno nuera novio novia pareja amigo amiga companero companera compadre comadre vecino vecina muchacho muchacha roommate jefe jefa ninera nieto nieta',
  ),
]}$`;
/** Verbs, one word long, by which a parcel is handed to someone named after them. */
export const GIVES = pattern`^${[
  ...terms(
    'give hand leave take carry bring drop deliver pass dan den denselo deselo dejenselo dejeselo entreguenselo entregueselo denle dele dejenlo dejelo dejalo denlo',
  ),
]}$`;
/** Words that may stand between such a verb and the person. */
export const GIVEN = /^(?:it|this|that|them|the|package|parcel|box|lo|la|se|off|in|over|round|el|paquete)$/;
/** A word after a name by which the name is over. */
export const AFTER_NAME = pattern`^(?:${[
  ...terms(
    "he she they he's she's they're he'll she'll they'll who who's is will can at in on and but so next number no apartment apt unit flat casa depto que el ella ellos esta estan va vive en del de la lo le si y pero por ya numero",
  ),
  /[.,;:!?()]/,
]})$`;
/** Verbs that follow a relation as often as a name does. */
export const AFTER_RELATION = pattern`^${[
  ...terms(
    'said says say knows know knew told tells asked asks thinks think wants want needs need gets get got comes come came goes go went takes take took leaves leave left works work worked sleeps sleep lives live has had have does did does died moved used home here there out away inside outside upstairs downstairs today tomorrow tonight dice dijo dicen sabe saben cree creen quiere quieren necesita puede pueden viene vienen llega llegan sale salen trabaja trabajan duerme duermen tiene tienen hace anda andan sigue recibe reciben abre abren lleva llevan fue murio hoy manana ahorita aqui ahi siempre tambien solo too also always only just still usually never again',
  ),
]}$`;
