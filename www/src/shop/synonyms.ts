/**
 * What shoppers call things that this shop calls otherwise: looked up in what is searched for, never in goods. Each is a whole
 * word, in English with its plural.
 */

/** What is said, and the shop's word for it. */
export const SYNONYMS: readonly (readonly [RegExp, string])[] = [
  [/\bt[- ]?shirts?\b/gu, 'tee'],
  [/\b(?:sweaters?|pullovers?)\b/gu, 'jumper'],
  [/\b(?:pants|slacks)\b/gu, 'trousers'],
  [/\b(?:high[- ]?)?heels\b/gu, 'pumps'],
  [/\b(?:handbags?|purses?)\b/gu, 'bags'],
  [/\b(?:kids?|boys?|girls?)\b/gu, 'children'],
  [/\bdiapers?\b/gu, 'nappies'],
  [/\bpajamas?\b/gu, 'pyjama'],
  [/\bcologne\b/gu, 'perfume'],
  [/\bsneakers?\b/gu, 'trainers'],
  [/\bhood(?:ies|ie|y)\b/gu, 'hooded'],
  [/\b(?:baby )?milk[- ]?powder\b|\bbaby milk\b/gu, 'formula'],
  [/毛衣|毛衫|套头衫/gu, '针织衫'],
  [/手提包|手袋|包包|挎包/gu, '箱包'],
  [/尿布|尿不湿/gu, '纸尿裤'],
  [/球鞋|跑鞋/gu, '运动鞋'],
];
