import { pattern, type Term } from '#libs/domain/instructions/text/patterns.js';

/** People who live or are with a customer and can take a parcel, folded. A neighbor is not at the customer's door. */
const HOUSEHOLD_EN: readonly Term[] = [
  /(wife|husband|hubby|spouse|partner|girlfriend|boyfriend|fiancee?)/,
  /(moms?|mum|mother|dad|father|parents?|folks|stepmom|stepdad)/,
  /(sons?|daughters?|kids?|children|teenagers?|boys?|girls?)/,
  /(brothers?|sisters?|siblings?|cousins?|aunt|uncle|niece|nephew)/,
  /(grandma|grandmother|grandpa|grandfather|grandparents|grandson|granddaughter|granny|nana)/,
  /(mother|father|sister|brother|son|daughter|parents?)[- ]in[- ]laws?/,
  /in-?laws/,
  /(roommates?|roomie|flatmates?|housemates?|tenants?|guests?|friends?|buddy)/,
  /(family|nanny|babysitter|sitter|housekeeper|cleaner|maid|caregiver|carer|nurse|aide|assistant|colleague|coworker|secretary)/,
];
const HOUSEHOLD_ES: readonly Term[] = [
  /(espos[oa]|marido|mujer|senora|pareja|novi[oa]|prometid[oa])/,
  /(mama|papa|madre|padre|papas|padres|jefes?|jefecita)/,
  /(hij[oa]s?|nin[oa]s?|muchach[oa]s?|chic[oa]s?)/,
  /(herman[oa]s?|prim[oa]s?|ti[oa]s?|sobrin[oa]s?)/,
  /(abuel[oa]s?|abuelit[oa]s?|niet[oa]s?|suegr[oa]s?|cunad[oa]s?|nuera|yerno)/,
  /(companer[oa]s?( de (casa|cuarto|piso))?|compa|roomie|inquilin[oa]s?|amig[oa]s?|familia|visitas?)/,
  /(ninera|muchacha|empleada|enfermer[oa]|cuidador[oa]|asistente|secretaria|senora que (limpia|cuida|ayuda))/,
];

/** A person of the household, with the word before it: "my wife". */
export const HOUSEHOLD = {
  en: pattern`(?:my|our|the|one of my|one of our) (?:\w+ )?${HOUSEHOLD_EN}`,
  es: pattern`(?:mi|mis|nuestr[oa]s?|el|la|los|las|uno de mis|una de mis) (?:\w+ )?${HOUSEHOLD_ES}`,
} as const;
