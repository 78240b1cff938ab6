/** Words of organisations' and vessels' names that are no part of what tells one from another. Plain and folded. */

/**
 * Legal forms by what they are, each with its spellings (`|`): companies limited by shares, private limited companies, partnerships,
 * others. Spellings with several words come first where another begins like them.
 */
export const LEGAL_FORMS: Readonly<Record<string, string>> = {
  shares:
    "public joint stock company|open joint stock company|closed joint stock company|joint stock company|public limited company|ojsc|pjsc|cjsc|jsc|oao|pao|zao|ao|оао|пао|зао|ао|" +
    "aktiengesellschaft|ag|se|plc|sociedad anonima|societe anonyme|s a|sa|spa|s p a|a s|as|ab|n v|nv|oyj|asa|akciova spolocnost|anonim sirketi|شرکت سهامی|سهامی خاص|سهامی عام|" +
    "s a p i de c v|sapi de cv|s a de c v|sa de cv|societe par actions simplifiee|sasu|sas|sca|kabushiki kaisha|zrt|nyrt|prat|zat|vat|tbk|saog|saoc|" +
    "incorporated|inc|corporation|corp",
  limited:
    "limited liability company|ltd liability company|limited liability co|societatea cu raspundere limitata|gesellschaft mit beschrankter haftung|sp z o o|sp z oo|sp zoo|spolka z o o|private limited|pty ltd|pte ltd|pvt ltd|co ltd|company limited|limited|ltd|llc|ооо|ooo|тоо|тов|gmbh|srl|sarl|s r l|s l|sl|b v b a|bvba|b v|bv|kft|sro|s r o|doo|d o o|limited sirketi|limited sti|ltd sti|شرکة محدودة|" +
    "s de r l de c v|s de rl de cv|sdn bhd|berhad|bhd|limitada|ltda|eireli|eurl|fz llc|fzco|fze|fzc|w l l|wll|eood|ood|uab|sia|mchj|aps|oy|" +
    "شركة ذات مسؤولية محدودة|ذات مسؤولية محدودة|ذ م م|با مسئولیت محدود",
  partnership: "limited liability partnership|limited partnership|llp|l p|lp|gmbh co kg|kgaa|kg|ohg|gbr|snc",
  plain: "company|co|compania|cie|firma|شرکة|شرکت|کۆمپانیا",
}

/** Forms whose own words mean much the same everywhere: no contradiction to any other. */
export const LOOSE_FORMS: ReadonlySet<string> = new Set(["incorporated", "inc", "corporation", "corp", "limited", "ltd"])

/** Links: of no weight. */
export const LINKING: ReadonlySet<string> = new Set(
  "the and und et y e i a of for in de la le les des du del der die das des na و".split(" "),
)

/** What thousands of organisations have in their names. */
export const GENERIC: ReadonlySet<string> = new Set(
  (
    "group gruppe groupe holding holdings international intl global worldwide general national services service solutions systems technologies technology trading trade " +
    "industries industry industrial enterprises enterprise management capital partners partner fund trust bank banco banking finance financial investment investments " +
    "insurance associates consulting construction engineering development energy oil gas petroleum shipping maritime logistics transport import export foundation " +
    "institute center centre organization organisation association council committee ministry department office university europe asia africa america middle east " +
    "offshore aviation motors motor electronics foods pharma steel electric platforms exchange travel agency market company"
  ).split(" "),
)

/** Letters before a ship's name. */
export const SHIP_PREFIXES: ReadonlySet<string> = new Set("mv mt my ms ss mfv fv hms uss m/v m/t f/v s/v sv rv".split(" "))

export const NUMBERS: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  first: 1,
  two: 2,
  second: 2,
  three: 3,
  third: 3,
  four: 4,
  fourth: 4,
  five: 5,
  fifth: 5,
  six: 6,
  sixth: 6,
  seven: 7,
  seventh: 7,
  eight: 8,
  eighth: 8,
  nine: 9,
  ninth: 9,
  ten: 10,
  tenth: 10,
  eleven: 11,
  twelve: 12,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
}

/** Usual shortenings of words of names. */
export const SHORTENED: Readonly<Record<string, string>> = {
  us: "united states",
  usa: "united states",
  uk: "united kingdom",
  uae: "united arab emirates",
  intl: "international",
  natl: "national",
  dept: "department",
  univ: "university",
  assn: "association",
  mfg: "manufacturing",
  bros: "brothers",
  st: "saint",
}

/** Countries: two of them in two names are two things, however alike they are written. */
export const COUNTRIES: ReadonlySet<string> = new Set(
  "afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus belgium benin bolivia bosnia brazil brasil bulgaria cambodia cameroon canada chad chile china colombia congo croatia cuba cyprus denmark egypt eritrea estonia ethiopia finland france gabon gambia georgia germany ghana greece guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya korea kuwait kyrgyzstan laos latvia lebanon liberia libya lithuania luxembourg malawi malaysia mali malta mauritania mauritius mexico moldova mongolia morocco mozambique myanmar namibia nepal netherlands niger nigeria norway oman pakistan panama paraguay peru philippines poland portugal qatar romania russia rwanda senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tajikistan tanzania thailand togo tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam yemen zambia zimbabwe kurdistan".split(
    " ",
  ),
)
