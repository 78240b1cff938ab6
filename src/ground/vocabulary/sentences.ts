/**
 * Sentences that the node says of evidence, each written once, in English. A gap is `{name}`; `{name#noun}` or `{name#noun|nouns}` is a count
 * with its noun. `say` fills a sentence in; `readBack` finds the sentence and what stood in its gaps in a text that was said, so that a
 * screen can say the same in another language and records keep plain words that a court can read.
 */
export const SENTENCES = {
  // Conduct: what an entity was seen to do (`src/stages/entities/conduct/rules.ts`), and how it may be read otherwise.
  "conduct.report": "{origins#independent report} ({all#report} in all), best graded {grade}",
  "conduct.advert": "{posts#advert} on {days#day}",
  "conduct.advert-proved": "{posts#advert} on {days#day}, {proofs#post} with somebody's arrival as proof",
  "conduct.advert-contact": "the contact number of {posts#advert} on {days#day}",
  "conduct.advert-contact-shared": "the contact number of {posts#advert} on {days#day} by {accounts#account}",
  "conduct.offers": "offered crossings to {people#counterpart}, seen in {events#independent event}",
  "conduct.instructs": "gave orders for travel or launch to {people#counterpart} on {days#day}, seen in {events#independent event}",
  "conduct.supply-talk": "ordered or bargained over boats and engines on {days#day} with {people#counterpart}, at most {most} at once",
  "conduct.seized-supplies": "{hulls#hull} and {engines#engine} in {seizures#seizure}",
  "conduct.seized-supplies-hidden": "{hulls#hull} and {engines#engine}, hidden or guarded, in {seizures#seizure}",
  "conduct.seized-carries": "drove {hulls#hull} and {engines#engine} in {seizures#seizure}",
  "conduct.seized-carries-hidden": "drove {hulls#hull} and {engines#engine}, hidden or guarded, in {seizures#seizure}",
  "conduct.consignments": "{hulls#hull} declared in {consignments#consignment}",
  "conduct.paid-out": "paid out of {deposits#unconnected deposit} held for arrival, in {books#book}",
  "conduct.holds": "{deposits#deposit} held for arrival for unconnected payers",
  "conduct.fares": "paid for legs by {people#traveller}, in {events#independent event}",
  "conduct.drove": "drove legs in {events#independent event}",
  "conduct.false-papers": "supplied {papers#paper} found false",
  "conduct.false-papers-series": "supplied {papers#paper} found false ({series} series)",
  "conduct.offers-papers": "offered papers to {people#counterpart} on {days#day}",
  "conduct.shelters": "kept people in houses on {days#day}, towards {people#counterpart}",
  "conduct.recruits": "looked for drivers or pilots on {days#day}, towards {people#counterpart}",
  "conduct.coerces": "{demands#ransom demand} and {threats#threat} towards {people#counterpart}",
  "conduct.named-runs": "named as the one who runs it by {tellers#teller} in {events#independent event}",
  "conduct.named-paid": "said to have taken the fares by {tellers#teller} in {events#independent event}",
  "conduct.named-drives": "said to have driven people by {tellers#teller} in {events#independent event}",
  "conduct.asked": "asked for passage or its price by {people#person|people} in {events#independent event}",
  "conduct.releases": "ordered the release of {deposits#different deposit} on {days#day}",
  "innocent.report": "the source may be mistaken, repeat what others say, or wish the subject harm",
  "innocent.advert": "reposting what others offer, journalism, or a fraud that carries nobody",
  "innocent.advert-contact": "a number that somebody else put there, a number given up and issued again, or a fraud that carries nobody",
  "innocent.offers": "a customer or relative who passes on offers and instructions that he was given",
  "innocent.instructs": "a passenger or interpreter who passes on what all were told",
  "innocent.supply-talk": "lawful trade in boats and engines, fishing, or hire",
  "innocent.seized": "a dealer, fisherman or carrier who knew nothing of the use; ss.13-14 ask for knowledge or suspicion",
  "innocent.consignments": "a dealer in leisure boats: declared goods are lawful goods",
  "innocent.book": "a trader, landlord or relative who is paid through the exchange; being a customer of an exchange is nothing",
  "innocent.fares": "one of the travellers who collected for the others, or a lawful driver",
  "innocent.papers": "a travel agent or intermediary who was deceived himself",
  "innocent.shelters": "a landlord, a hotel, or somebody who puts up relatives",
  "innocent.recruits": "a haulier or boat hirer who looks for staff; one who was made to recruit is a possible victim (MSA 2015 s.45)",
  "innocent.coerces": "a relative who passes on a demand, or a quarrel over a lawful debt",
  "innocent.named": "hearsay, a shared nickname, or a debtor's or rival's spite",
  "innocent.asked": "a hotline, an interpreter, a taxi or a friend who is asked for advice",
  "innocent.releases": "a family or a clerk who releases lawful remittances",

  // Screening: why somebody may be who stands in a list (`src/stages/entities/screening/`).
  "weigh.names": "“{one}” and “{other}”: {alike}",
  "weigh.document": "the same number of a document, {value}",
  "weigh.phone": "the same telephone number, {value}",
  "weigh.email": "the same mail address, {value}",
  "weigh.default-day": "both born on {day}, a day that registries enter for whoever knows only his year",
  "weigh.same-day": "both born on {day}",
  "weigh.swapped": "{one} and {other}: day and month exchanged",
  "weigh.same-year": "both born in {year}",
  "weigh.fits": "{one} fits {other}",
  "weigh.near": "{one} and {other} are less than a year apart",
  "weigh.years": "{one} and {other} are years apart",
  "weigh.different": "born {one} and {other}",

  // Attribution: what speaks for and against somebody's use of a number, account or handset (`src/stages/entities/attribution/rules/`).
  "use.thread": "the phone that speaks of him saves this one under that name",
  "use.hailed": "spoken to by that name, and answers",
  "use.calls-so": "calls himself so",
  "use.saved-so": "saved so in {events#independent event}",
  "use.others-so": "{others#more bears that name|more bear that name}",
  "use.somebody-else": "speaks, or is told, of somebody else by that name",
  "use.unknown-there": "spoken of in {events#event that does not know this one|events that do not know this one}",
  "use.same-number": "on this platform the account is the number",
  "use.one-device": "one device gives both as its own",
  "use.one-party": "one record gives both to one party",
  "use.one-card": "saved on one contact card",
  "use.outlives": "the account is at work long after the number fell silent",
  "use.answers": "spoken to as “{name}” at this number, and answers",
  "use.together": "at one place and time with {other} on {days#day}, within {metres} m",
  "use.nights": "top cell of {nights#night} lies {metres} m from where {other} spends them",
  "use.apart": "{km} km away from {other} at the same time, on {days#day}",
  "use.read-in-handset": "the handset gives it as its own",
  "use.carried": "the network carried it with this IMEI",
  "use.other-handset": "seen in {handset} in the same period",
  "use.market": "registered to “{name}”, whom nobody calls so",
  "use.saved": "saved as “{name}”",
  "use.written": "written beside “{name}” ({paper})",
  "use.registered": "registered to “{name}”",
  "use.overlap": "{shared#counterpart} whom few others call are also those of {other}",
  "use.own-held": "own number of {reference}, which was taken from its holder",
  "use.own-unsaid": "own number of {reference}; its sheet does not say whose hand it was in",
  "use.held": "{reference} was taken from its holder",
  "use.unsaid": "{reference} was seized; its sheet does not say from whom",
  "use.calls-himself": "calls himself “{name}” in a message from this number",
  "use.calls-himself-otherwise": "calls himself “{name}”, and others know the number by another name",
  "use.several-names": "saved under names that have nothing in common: {names}",
  "use.several-selves": "different people name themselves from it: {names}",
  "use.shared": "{reference} was used by several, by its sheet (a camp handset, or a shop's)",
  "use.left": "{reference} was found, and nobody had it in his hand",
  "use.reported": "a report graded {grade} gives the number to “{name}”",
  "use.reported-ungraded": "a report without a grade gives the number to “{name}”",
  "use.interview": "“{name}” gave the number as his own in an interview",
  "use.custody": "calls or writes while its supposed user was held",
  "use.after-seizure": "calls or writes after the handset with this number was seized",
  "use.innocent.account": "an account outlives its number: who bought the number since has not the account",
  "use.innocent.card": "whoever wrote the card put together what he thought belonged together",
  "use.innocent.outlives": "messengers work over Wi-Fi for years after the SIM is gone: the account may have one user throughout",
  "use.innocent.answers": "a common name or a kind word answers for many; somebody else may take the call",
  "use.innocent.together": "people who travel, live or work together are seen together, and a cell covers a whole camp",
  "use.innocent.nights": "hundreds sleep in one cell of a camp or a town",
  "use.innocent.apart": "a clock may be wrong, and a second handset may be lent: one meeting that fails proves little",
  "use.innocent.handset": "a SIM moves between handsets in a minute: it says so of that time alone, and IMEIs are copied",
  "use.innocent.other-handset": "the SIM was moved and moved back, or the IMEI was copied",
  "use.innocent.market": "a SIM from the market is registered to a third person: that is no sign against its user",
  "use.innocent.label": "a label is what somebody else calls the number, often copied, out of date, or another's of the same name",
  "use.innocent.bill": "whoever pays or collects gives the number that suits him, often a friend's or the shop's",
  "use.innocent.register": "SIM cards sold on the market are registered to third persons, and companies register for many",
  "use.innocent.overlap": "brothers, flatmates and a firm's staff call the same people",
  "use.innocent.possession": "a handset can be lent, carried for another, or new in the hand of who was stopped with it",
  "use.innocent.holding": "who holds a handset at one moment need not be who used it before",
  "use.innocent.self-naming": "people give false names, and pass a handset on to be greeted by others",
  "use.innocent.otherwise": "a nickname, a name at home, or a false name to a customer",
  "use.innocent.several-users": "one man has a name, a nickname and a trade, and each friend saves him by another",
  "use.innocent.several-selves": "a name and a nickname of one man",
  "use.innocent.shared": "one of them may still be its main user",
  "use.innocent.left": "who left it may be known by other traces",
  "use.innocent.reported": "a report is as good as its source, who may repeat a label or wish somebody ill",
  "use.innocent.interview": "a number may be given that is a relative's, or no longer used",
  "use.innocent.custody": "somebody else may have used it for those days, and messages can be sent from a second device",
  "use.innocent.after-seizure": "a SIM can be issued again to the same customer, and messengers go on from a second device",
  "use.innocent.statement": "an inference of a person, not a record",

  // Who is who: claims and contradictions.
  "claim.own-device": "the device gives it as its own account or number",
  "claim.own-contact": "the only number that this account's posts give for contact",
  "claim.decided": "somebody decided that they are the same: {reason}",
  "claim.ruled": "by the rule {rule}: {reason}",
  // Linkage: how far two records agree (`src/stages/entities/comparators/`).
  "likeness.not-called": "no first name of both",
  "likeness.called-otherwise": "their first names are different",
  "likeness.called-same": "their first names are alike",
  "likeness.no-books": "not cards of two contact books with numbers that few have",
  "likeness.few-neighbours":
    "their contact books have fewer than {least} numbers in common, those of services, short and free ones left out",
  "likeness.some-neighbours": "their contact books have {least} numbers or more in common, those of services, short and free ones left out",
  "likeness.many-neighbours":
    "their contact books have many numbers in common, {least} or more, those of services, short and free ones left out",
  "likeness.no-whereabouts": "nothing known of both at one time",
  "likeness.two-places": "at two places at one time, farther apart than can be travelled",
  "likeness.one-journey": "on the same journey on the same day, by two lists",
  "likeness.one-place":
    "at one place at one time, within {metres} m and {minutes} minutes, where not everybody passes: borders, stations and camps are left out",
  "likeness.no-pictures": "no pictures of both that can be compared",
  "likeness.other-picture": "their pictures have different perceptual hashes",
  "likeness.like-picture": "their pictures are much alike: their perceptual hashes differ in {bits} of 64 bits at most",
  "likeness.same-picture": "the same picture by its hash",
  "contradiction.not-same": "somebody decided that they are not the same",
  "contradiction.stated-birth-dates": "two birth dates that records state, {first} and {second}, and no paper, number or mailbox in common",
  "contradiction.birth-dates": "two birth dates on two genuine documents: {first} and {second}",

  // The picture: ties, what is missing, what is not seen.
  "tie.none": "No tie to anybody else in this list is recorded.",
  "tie.closest": "Tied to {others} of the others in {events#independent seizure event}; closest: {closest}.",
  "tie.weakest": "The weakest attribution of a number under these ties: {grade}.",
  "tie.directions": "Of these ties {coming#tie} come in and {going#tie} go out.",
  "variant.undirected": "Ties are counted without direction.",
  "variant.directed": "Ties are counted by direction, from whoever sent, called, saved, spoke or stands first to whom that reached.",
  "variant.halves": "Records of these say nothing of direction, so their ties count both ways, half each: {layers}.",
  "variant.one-each": "Every tie counts the same.",
  "variant.weights": "Ties count by their weight.",
  "direction.degree": "Degree counts ties in and ties out together.",
  "direction.strength": "Strength adds up the weights of ties in and ties out.",
  "direction.core": "A core has no direction: it is taken from the ties without theirs.",
  "direction.influence": "Collective influence has no direction: it is taken from the ties without theirs.",
  "direction.brokerage": "Brokerage takes ties in and ties out together.",
  "direction.betweenness": "Betweenness follows the directions: who stands on the shortest ways from one to another.",
  "direction.closeness": "Closeness is of the ways to somebody along the directions: who is quickly reached.",
  "direction.harmonic": "Harmonic closeness is of the ways to somebody along the directions: who is quickly reached.",
  "direction.pagerank": "PageRank follows the directions: whoever those reach who are much reached themselves stands high.",
  "direction.eigenvector":
    "Eigenvector centrality is fed by the ties that come in. Where no way leads back to where it began it is 0 for everybody.",
  "direction.katz": "Katz centrality counts the ways that lead to somebody along the directions, long ones for less.",
  "without.conduct": "Without the {thing} nothing of this person's conduct would be held.",
  "without.rank": "Without the {thing} this person would stand at {there} instead of {here}.",
  "missing.event": "a second, independent seizure event",
  "missing.money": "any record of money",
  "missing.device": "a device or message of their own",
  "missing.others": "anything but what others say",
  "missing.reports": "anything but intelligence reports",
  "missing.tie": "a recorded tie to another player",
  "missing.structure": "what anybody in this network did: it is structure only",
  "blind.nobody": "No graded assertion of facilitation is held: nobody is ranked.",
  "blind.two-mode":
    "No node stands at both ends of links: if these are people and what they took part in, one end alone can be ranked by what they share (layers, or --mode).",
  "blind.structure": "A bare network says who is tied to whom, not who did what. People whom nobody recorded are not in it.",
  "blind.layers": "No tie between players comes from: {layers}.",
  "blind.runs": "“{name}” is said to run it in {events#seizure event} and nobody knows who that is: a principal may not be visible.",
  "blind.spoken": "“{name}” is spoken of in {events#seizure event} and nobody knows who that is: a principal may not be visible.",
  "blind.customers": "{label} would stand {there} instead of {here} if customers and other unranked people carried ties.",
  "blind.lifted": "The protection of {n#person|people} who may be ranked here is lifted for a time.",
  "blind.arrival": "{n} of {of} seized things are devices seized on arrival: only rows that an examiner marked in scope are used.",
  "blind.roots": "{reports} reports rest on one, {root}: they count as one origin, however many they are.",
  "blind.unseen": "People whom no exhibit mentions are not here, and the ranges say nothing of them.",
  "parts.says":
    "{people#person takes|people take} {parts#part} in {events#seizure event}. A route is a journey leg where one is recorded, else the country that the record's own words or its seizure name; {unrouted#part has none|parts have none}. A part is what somebody did in an event, not what he is.",
  "queue.method":
    "For each pair conduct, ties and ranks are worked out anew as if it were decided. Where neither of a pair is ranked and neither did anything, the order cannot change.",
  "draws.events": "Each of {draws} draws keeps a seizure event with {event} and a link with {edge}.",
  "draws.shared":
    "Each of {draws} draws keeps a seizure event, or what some share at the other end of links, with {event} and a link with {edge}.",
  "draws.few": "Fewer than {from} seizure events: each of {draws} draws keeps a link with {edge}, and all events.",
  "set.redrawn": "In each the best set is looked for anew. People and ties that nobody recorded are in none of them.",
  "draws.estimated": "In each draw betweenness is estimated from {sources} of {all} sources, which widens the intervals.",
  "scores.estimated":
    "Scores are estimates from {sources} of {all} sources: none errs by more than {within}, with a chance of {chance} for all together.",

  // Who may stand above others, and what would change the picture (`src/stages/network/unseen`, `collect`, `range`).
  "head.nothing": "Nothing that is held asserts facilitation. There is no chain here to have a head, as far as these exhibits show.",
  "head.not-visible":
    "The head is not visible: {players} people are known to take part, {above} of them may stand above others, and of none do two kinds of source in two independent seizures say so.",
  "head.partly":
    "{strong} of {players} people may stand at the head, by two kinds of source in two or more independent seizures; others of them may run one stage for whoever does.",
  "head.nameless": "{names#name that is said to run it belongs|names that are said to run it belong} to nobody known.",
  "head.record":
    "On {operations} invented operations, of which all is known, {marked} people were marked so: {right} of them stood at the head, {wrong} did not.",
  "head.not-ruled-out": "Whoever no exhibit speaks of is not visible, and nothing here rules him out.",
  "head.missing.spoken": "Nothing that is held shows what others say.",
  "head.missing.paid": "Nothing that is held shows who is paid.",
  "head.missing.releases": "Nothing that is held shows whose word releases deposits.",
  "head.missing.proceeds": "Nothing that is held shows where reports see the money go.",
  "head.whoever": "Whoever no exhibit speaks of is not here, whatever this says.",
  "collect.nobody": "Nobody is ranked, so that nothing can be said of what would change the ranks.",
  "collect.caution":
    "What a thing would bring is imagined from what its like brought; nobody knows what is on it. Whether it may be sought, and under which power, is decided by people for each thing on its own grounds.",
  "collect.phone":
    "A device of {label}, of whom none is held: places would move by {shift} % of the list's length on average, {share} % of the first {top} others.",
  "collect.book":
    "The book of {label}, with whom people of the list deal: places would move by {shift} % of the list's length on average, {share} % of the first {top} others.",
  "collect.decision":
    "Whether {a} and {b} are one person's ({grade}, {rule}): if not, places move by {shift} % of the list's length on average, {share} % of the first {top} others.",
  "collect.held":
    "The {thing} is held and carries much: without it places move by {shift} % of the list's length on average, {share} % of the first {top} others. Check it first.",
  "range.is":
    "The range is a stability range of the rank under these assumptions, meant to hold for {share} of 100: drawn towards the middle of the list and widened as places were seen to move on invented operations with a fifth of the phones missing.",
  "range.unseen": "It says nothing of people whom no exhibit mentions.",
  "range.other-measure": "The coverage of a range was measured for involvement alone: for this measure only the scenarios are shown.",
  "range.few-people": "Fewer than {from} people are in the list: a range among them would say nothing.",
  "range.few-events": "Fewer than {from} seizure events are held: they cannot be drawn from.",
  "range.too-large": "The network is too large to be measured again for every scenario.",
  "scenario.people": "Anybody is unseen with a chance of {share} %.",
  "scenario.people-rising": "People are unseen with a chance that rises with rank, from none at the end of the list to 40 % at its head.",
  "scenario.ties": "Any tie is unseen with a chance of {share} %.",
  "scenario.whose-phones":
    "Each seizure event counts as often as chance might have brought its like (weights of a Bayesian bootstrap, Rubin 1981).",
  "scenario.attribution": "One row of evidence or tie in ten is told of another of the list.",
  "scenario.merges": "Each join of identifiers that is not firm is undone with a chance: 10 % where fair, 30 % where slight.",

  // What plans assume, where the journey is blank, and what stands in the way of an option (`src/stages/plan`).
  "assume.journey":
    "Each day on which records show somebody at work at a stage stands for one journey of {least} to {most} people (mean boat loads of 2022 to 2024).",
  "assume.scenarios":
    "Scenarios are those of the stability range: seizure events, people and ties that might not have been seen, rows told of somebody else, doubtful joins.",
  "assume.rate": "A rate is days at work over the weeks of the picture, with the interval that so many days support (90 %).",
  "assume.unseen":
    "Between {least} and {most} % of a stage's capacity is taken to be shown by no exhibit, and more where most of those known are shown by one seizure each. Nobody knows that share.",
  "assume.hands":
    "Every boat needs every stage: each is taken to have between {least} and {most} % as many people at work as the best-known one, those included at whom its seizures only hint (Chao 1984). Where fewer are known, the others are unseen.",
  "assume.mistaken":
    "Whoever is shown at a stage is taken to be somebody else, or not at work there, in {other} % of the scenarios; whoever is shown moving people or equipment at stages 7 and 8, in {moving} %: drivers serve other stages, too.",
  "assume.paid": "Whoever is known at stage 9 only as paid when somebody has arrived is not at work there: no release waits for him.",
  "assume.phones":
    "Recorded days say whose phones were seized as much as who works: those known at a stage share its work by the seizures that show them at work.",
  "assume.launched":
    "Whoever was launched came through the stages before and goes on through those after: where fewer are recorded there, unknown people carry the rest. A stage can carry up to {most} % more than is launched; how much of that lies idle is drawn in each scenario. Where records show several of one side at work on one day, each of them can do without the others.",
  "assume.rivals":
    "Rivals work side by side, and whom one of them loses the others do not replace at once. How many rivals there are, {most} at most, and who works with whom is drawn anew in each scenario, from the groups that ties show.",
  "assume.blank": "A stage at which nobody is known is blank: its capacity is unknown, it limits nothing here, and no lever can lower it.",
  "assume.ways": "Ways differ at stages 4 and 5 only; the other stages serve all ways.",
  "assume.levers": "Cost, time and effect of levers are planning assumptions: the middle of each range is used.",
  "assume.replaced": "Median weeks until a vacancy is filled, by stage: {weeks}. Starting values, not findings.",
  "assume.comes-back":
    "What comes back is from two fifths of what was lost to a third more, by mechanism: networks have come back stronger (Duijn, Kashirin and Sloot 2014).",
  "assume.intervals":
    "Intervals hold the 5th to the 95th percentile of the runs under these assumptions. They say nothing of people whom no exhibit mentions.",
  "assume.held":
    "On {worlds} small invented operations, of some thirty known players, of which all is known, what five losses did lay inside the interval in {held} (bench/options.ts, after four weeks, where nothing grows back).",
  "blank.stage": "Stage {n} ({stage}): nobody is known. Somebody does it.",
  "blank.way": "Stage {n} ({stage}), {way}: nobody is known. Somebody does it.",
  "blank.one": "Stage {n} ({stage}): one is known, and seen on {days#day}.",
  "blank.one-way": "Stage {n} ({stage}), {way}: one is known, and seen on {days#day}.",
  "open.law": "{title}, {label}: the law was not looked up.",
  "open.nothing": "{title}, {label}: no record shows work of this kind at that stage.",
  "open.thin": "{title}, {label}: what is held rests on one origin.",
  "open.reserved": "{title}, {label}: everything held is reserved by its originators from use in evidence.",
  "open.contacts": "{title}, {label}: another team asks to be spoken to first.",
} as const satisfies Record<string, string>

export type SentenceId = keyof typeof SENTENCES

type GapsOf<Text extends string> = Text extends `${string}{${infer Gap}}${infer Rest}`
  ? (Gap extends `${infer Name}#${string}` ? Record<Name, number> : Record<Gap, string | number>) & GapsOf<Rest>
  : unknown

/** What stands in a sentence's gaps. */
export type Values<Id extends SentenceId> = GapsOf<(typeof SENTENCES)[Id]>

const GAP = /\{(\w+)(?:#([^|}]+)(?:\|([^}]+))?)?\}/g

/** The sentence in English with its gaps filled. */
export function say<Id extends SentenceId>(id: Id, ...[values]: unknown extends Values<Id> ? [] : [Values<Id>]): string {
  const filled = (values ?? {}) as Record<string, string | number>
  return SENTENCES[id].replace(GAP, (_, name: string, one?: string, many?: string) => {
    const value = filled[name]!
    return one === undefined ? String(value) : `${value} ${value === 1 ? one : (many ?? `${one}s`)}`
  })
}

/** One sentence that was said, what stood in its gaps as text, and what was quoted after it. */
export interface ReadBack {
  id: SentenceId
  values: Record<string, string>
  quotes: string
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")

interface Form {
  id: SentenceId
  is: RegExp
  /** Characters outside gaps. */
  said: number
}

const FORMS: readonly Form[] = Object.entries(SENTENCES).map(([id, text]) => {
  let pattern = ""
  let said = 0
  let at = 0
  for (const gap of text.matchAll(GAP)) {
    const before = text.slice(at, gap.index)
    const [whole, name, one, many] = gap
    pattern += literal(before)
    pattern += one === undefined ? `(?<${name}>.+?)` : `(?<${name}>\\d+) (?:${literal(one)}|${literal(many ?? `${one}s`)})`
    said += before.length
    at = gap.index + whole.length
  }
  pattern += literal(text.slice(at))
  said += text.length - at
  return { id: id as SentenceId, is: new RegExp(`^${pattern}(?<quotes>: “.*”)?$`, "su"), said }
})

interface Reading {
  parts: ReadBack[]
  said: number
}

/** The one sentence that a text is and that leaves least to its gaps. */
function sentenceOf(text: string): Reading | null {
  const fits = FORMS.flatMap((form) => {
    const m = form.is.exec(text)
    return m ? [{ form, groups: m.groups ?? {} }] : []
  })
  if (fits.length === 0) return null
  const { form, groups } = fits.reduce((a, b) => (b.form.said > a.form.said ? b : a))
  const { quotes, ...values } = groups
  return { parts: [{ id: form.id, values, quotes: quotes?.slice(": ".length) ?? "" }], said: form.said }
}

/** The same of several sentences, each behind a full stop. `known` keeps what the ends of the text were read as, by their length. */
function sentencesOf(text: string, known: Map<number, Reading | null>): Reading | null {
  const before = known.get(text.length)
  if (before !== undefined) return before
  let best = sentenceOf(text)
  for (let stop = text.indexOf(". "); stop >= 0; stop = text.indexOf(". ", stop + 1)) {
    const rest = sentencesOf(text.slice(stop + 2), known)
    const first = rest && sentenceOf(text.slice(0, stop + 1))
    if (first && (best === null || first.said + rest.said > best.said))
      best = { parts: [...first.parts, ...rest.parts], said: first.said + rest.said }
  }
  known.set(text.length, best)
  return best
}

/** The sentences that a text is made of, in order; null where a part of it is none of them. */
export const readBack = (text: string): ReadBack[] | null => sentencesOf(text, new Map())?.parts ?? null
