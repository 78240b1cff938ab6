import type { Words } from "../lexicon.ts"

/** Words that show that a name stands beside them. */
export const PEOPLE = {
  /** Titles, kinship and respect that stand before a name. */
  honorific: {
    en: "mr|mister|mrs|miss|uncle|aunt|boss|captain|doctor|dr|sheikh|brother|big brother|haji|hajji|commander|engineer",
    ckb: "کاک|کاکە|مام|خاڵ|خاڵە|حاجی|مەلا|شێخ|سەید|مامۆستا|ئوستاد|وەستا|دکتۆر|کاپتن|ئەبو|ئەبوو|خاتوو|پوورە|هاوڕێ|ئەندازیار|عەریف|گەورە|سەرۆک",
    ckl: "kak|kaka|mam|xal|xala|haji|hajy|mala|shex|shekh|sheikh|said|sayid|mamosta|osta|wasta|abu|ebu|hawre|hawrey|kapten",
    kmr: "keko|kekê|kek|apê|mamê|xalê|xalo|mele|mela|şêx|seyda|hecî|heci|mamoste|bavê|bira|xwişka",
    ar: "كاكا|كاك|حجي|الحجي|حاج|الحاج|الحاجي|شيخ|الشيخ|سيد|السيد|ابو|أبو|ام|استاذ|الاستاذ|دكتور|الدكتور|ملا|معلم|المعلم|كابتن|الكابتن|عمو|خالو|مام|مهندس|ستاذ",
    fa: "آقای|اقای|حاجی|حاج|حاج آقا|کاک|کاکا|استاد|دکتر|مهندس|خانم|عمو|دایی|داداش|سید|شیخ|ملا|کاپیتان|خلیفه|لالا|کاکه|اوستا",
    ps: "حاجي|حاجی صاحب|ملا|مولوي|استاد|ډاکټر|ماما|کاکا|لالا|انجنیر|قوماندان|سید|شیخ|ښاغلی",
    tr: "hacı|haci|kaptan|usta|hoca|patron|reis|bay|bayan|amca|dayı|doktor|şeyh|molla|ebu|kako",
    fr: "monsieur|m|mme|madame|tonton|oncle|chef|capitaine|docteur|cheikh|hadj|frère",
    de: "herr|frau|onkel|chef|kapitän|doktor|hadschi|scheich|bruder",
    sq: "zoti|zonja|xhaxhi|dajë|daja|shefi|kapiten|hoxha|doktor",
    vi: "anh|chị|chú|bác|ông|bà|cậu|thầy|sếp",
  },
  /** Respect that stands after a name; by itself it mostly speaks to somebody. */
  after: {
    tr: "abi|ağabey|agabey|bey|hoca|usta|amca|abla|reis|kaptan|efendi|dayı",
    fa: "آقا|خان|صاحب|خانم",
    ps: "صاحب|خان|لالا|اکا|جان",
    ckb: "خان|ئاغا|بەگ",
    kmr: "axa|beg",
    ckl: "agha|beg|khan",
    en: "bhai",
  },
  /** Endearments after a name: always spoken to. */
  dear: {
    ckb: "گیان|گیانەکەم|خۆشەویست|جان|گیانە",
    ckl: "gyan|gian|gyana|jan|giyan",
    kmr: "can|canê|can ê min|gyan|delal",
    ar: "حبيبي|عزيزي|الغالي|يا غالي|عيني",
    fa: "جان|جون|عزیز|عزیزم",
    ps: "جان|جانه|ګرانه",
    tr: "can|canım|kardeşim|abim|kanka",
    en: "bro|my friend|dear|mate|habibi",
    sq: "o vlla|vlla|shpirt",
    vi: "ơi|à",
  },
  /** What opens a greeting or a call. */
  hail: {
    en: "hi|hello|hey|dear|salam|good morning|good evening|thanks|thank you|ok|yes|no",
    ckb: "سڵاو|سلاو|سەلام|ئەی|بەخێربێیت|چۆنی|سوپاس|بەڵێ|نا|باشە|ئا",
    ckl: "slaw|silaw|salam|selam|ay|choni|choni|spas|supas|bale|na|basha",
    kmr: "silav|selam|hey|rojbaş|spas|erê|na|baş e",
    ar: "يا|مرحبا|هلو|هلا|السلام عليكم|سلام عليكم|سلام|اهلا|شكرا|اي|لا|صباح الخير|مساء الخير|شلونك",
    fa: "سلام|درود|ای|ممنون|مرسی|آره|نه|باشه|خوبی",
    ps: "سلام|السلام علیکم|ای|مننه|هو|نه|سمه ده",
    tr: "selam|selamun aleyküm|merhaba|ya|hey|teşekkürler|sağol|evet|hayır|tamam|alo",
    fr: "salut|bonjour|bonsoir|cher|merci|oui|non|allô|slt|wesh",
    de: "hallo|hi|lieber|liebe|guten tag|guten morgen|danke|ja|nein|servus",
    sq: "përshëndetje|tung|ej|o|mirëdita|faleminderit|po|jo",
    vi: "chào|xin chào|alo|dạ|vâng|cảm ơn|ừ",
  },
  /** "called X", "known as X": what follows is a name or a nickname. */
  called: {
    en: "called|named|name is|name was|his name is|his name was|their name|nickname|nicknamed|known as|goes by|alias|they call him|we call him|people call him|everyone calls him|everybody calls him|called him|uses the name|man called|the name of",
    ckb: "بەناوی|بە ناوی|ناوی|ناوەکەی|پێی {دە,ئە}ڵێن|پێی {دە,ئە}وترێت|پێی {دە,ئە}گوترێت|ناسراوە بە|ناسراو بە|نازناوی|بە نازناوی|بە ناسناوی|ناسناوی|لەقەبی|بانگی {دە,ئە}کەن",
    ckl: "ba nawi|be nawi|banawi|nawi|nawy|nawaka|pey alen|pey dalen|pey dalên|pey elen|pey delen|pey allen|nasraw ba|nasrawa ba|naznawi|laqabi",
    kmr: "bi navê|navê wî|navê wi|navê|jê re dibêjin|ji wî re dibêjin|jê ra dibêjin|bi nasnavê|nasnavê wî|tê nasîn",
    ar: "اسمه|إسمه|واسمه|اسم|باسم|معروف ب|المعروف ب|معروف باسم|الملقب|ملقب ب|الملقب ب|لقبه|يسمونه|يكولوله|يقولوله|يقولون له|ينادونه|يصيحوله|كنيته|يدعى|المدعو|واحد اسمه",
    fa: "به نام|بنام|به اسم|اسمش|اسم او|اسم اون|معروف به|ملقب به|لقبش|بهش میگن|بهش می گن|بهش میگفتن|بهش می گفتند|بهش میگفتند|صداش میکنن|صداش میزنن|به او می گویند|مشهور به|یکی به اسم",
    ps: "په نوم|نوم یې|نوم یی|ورته وايي|ورته وایي|مشهور په|لقب یې|د ... په نامه|په نامه",
    tr: "adı|ismi|adında|isimli|lakabı|lakaplı|namıdiğer|ona derler|diyorlar ona|adlı|adindaki",
    fr: "appelé|appelée|nommé|surnommé|surnom|s'appelle|s'appelait|se nomme|dit|alias|connu sous le nom de|on l'appelle|tout le monde l'appelle|connu sous|du nom de",
    de: "namens|genannt|heißt|hieß|heisst|hiess|spitzname|alias|bekannt als|man nennt ihn|sie nennen ihn|alle nennen ihn|er nennt sich|mit namen|mit dem namen|nennt sich",
    sq: "quhet|quhej|i quajtur|me emrin|me nofkën|nofka|e quajnë|i thonë|njihet si|me emër",
    vi: "tên là|tên|gọi là|biệt danh|biệt hiệu|có tên|người ta gọi|tên gọi",
  },
  /** "works for X", "the boss is X": a name follows when the next word looks like one. */
  worksFor: {
    en: "ask|work for|works for|working for|worked for|boss is|boss was|leader is|leader was|belongs to|sent by|people of",
    ckb: "کار بۆ|کاری بۆ|سەر بە|پیاوی|خەڵکی",
    ckl: "kar bo|kari bo|pyawi|xalki",
    kmr: "ji bo|mirovê|mirovên",
    ar: "يشتغلون عند|يشتغل عند|يشتغلون ل|جماعة|ربع|من طرف|تابعين ل",
    fa: "برای|آدم های|از طرف|دار و دسته",
    ps: "د ډلې|د خلکو",
    fr: "travaille pour|travaillent pour|le patron c'est|le chef c'est|de la part de|les gens de",
    de: "arbeitet für|arbeiten für|der boss ist|der boss war|der chef ist|der chef war|leute von|im auftrag von",
    sq: "pyet|punojnë për|punon për|shefi është|shefi ishte|njerëzit e",
    vi: "làm việc cho|làm cho ông|làm cho anh|người của",
    tr: "adamları|patronu|patronun adı|patron",
  },
  /** After a name in the languages that put the verb last: "X isimli", "X navê", "X diye". */
  calledAfter: {
    tr: "isimli|adlı|adında|lakaplı|diye biri|diye bir|diyorlar|derler|denen|dedikleri",
    ps: "په نوم|په نامه|نومېږي|نومیږي|ورته وايي|ورته وایي",
    ckb: "ناوێک|ناوەی",
    en: "is the name",
  },
  /** "X decides", "X gives the orders": the name stands before the verb. */
  decides: {
    en: "decides|decided|gives the orders|gave the orders|gives the word|runs it|runs everything|has the last word",
    ckb: "بڕیار {دە,ئە}دات|بڕیاری {دە,ئە}دا|بپرسە ئەو بڕیار {دە,ئە}دات|بڕیار بەدەست*",
    ckl: "bryar adat|bryar dadat|bpirsa aw bryar",
    kmr: "biryarê dide|biryar dide|bipirse ew biryarê dide|bipirse",
    ar: "يقرر|هو يقرر|صاحب القرار",
    fa: "تصمیم می گیرد|تصمیم میگیره|تصمیم می گیره",
    ps: "پرېکړه کوي|فیصله کوي",
    tr: "karar veriyor|karar verir|o karar verir",
    fr: "décide|décidait|décide de tout",
    de: "entscheidet|entschied|hat das sagen",
    sq: "vendos|vendoste",
    vi: "quyết định",
  },
  /** "X said: go tonight": somebody's order is passed on. */
  saidGo: {
    en: "said go tonight|said we go tonight|says go tonight|says we go tonight|said leave tonight",
    ckb: "{گوتی,وتی} ئەمشەو {بڕۆن,دەڕۆین,بچن,دەربچن}|{گوتی,وتی} بڕۆن",
    ckl: "{guti,wti} amshaw {bron,broyn,daroyn}",
    kmr: "got îşev {herin,derkevin,biçin}|got herin",
    ar: "{قال,كال,گال} الليلة {تطلعون,نطلع,اطلعوا,روحوا}|{قال,كال,گال} اطلعوا الليلة",
    fa: "گفت امشب {بروید,برید,حرکت,میرویم,میریم}",
    ps: "وویل نن شپه {لاړ,ځو,ولاړ}",
    tr: "dedi bu gece {gidin,çıkın,çıkıyoruz}|bu gece {gidin,çıkın} dedi",
    fr: "a dit partez ce soir|a dit on part ce soir|dit de partir ce soir",
    de: "sagt heute nacht geht|sagt fahrt heute nacht|hat gesagt heute nacht",
    sq: "tha nisuni sonte|tha ikni sonte|tha sonte nisemi",
    vi: "nói đêm nay đi|nói tối nay đi|bảo tối nay đi",
  },
  /** "These are X's people": whose people they are follows, whatever it looks like. */
  peopleOf: {
    ckb: "ئەمە خەڵکی|ئەمانە خەڵکی|ئەوانە خەڵکی|لەلایەن|لە لایەن|پرسیار لە|پرس لە|پرس بە",
    ckl: "ama xalki|amana xalki|lalayan|prsyar la|pirsyar le|prs la",
    kmr: "ev mirovên|ev kesên|ji aliyê",
    ar: "هذول جماعة|هذولة جماعة|ذول جماعة|هؤلاء جماعة|هذول ناس|احنا جماعة",
    fa: "اینها آدم های|اینا آدمای|اینها افراد|اینها آدمهای|ما آدم های",
    en: "these are people of|they are people of|we are people of|say you come from|say you are from",
    fr: "ce sont les gens de|on est les gens de|dis que tu viens de la part de",
    de: "das sind leute von|das sind die leute von|sag du kommst von",
    sq: "këta janë njerëzit e|jemi njerëzit e",
    vi: "đây là người của|họ là người của",
  },
  /** "to X", "with X", "from X": a name is likely if what follows is one that people bear. */
  toward: {
    en: "to|with|from|by|of|ask|tell|call|see|give|pay|paid|for|and|meet|is|was|him|contact",
    ckb: "بۆ|لەگەڵ|لە|بە|لای|هی|کوڕی|برای|بدە بە|پرس بکە لە|لەلای|تا|و|ئەو",
    ckl: "bo|lagal|la|ba|be|lay|hi|brai|kuri|legel|le",
    kmr: "ji bo|bi|li|ji|bide|bi re|cem|ba|ji aliyê",
    ar: "ل|الى|مع|ويا|من|عند|يم|مال|لل|انطي|اسأل|خابر|كلم|جماعة|عن طريق|و|هو",
    fa: "به|با|از|برای|پیش|دست|مال|توسط|طریق|و|واسه",
    ps: "د|ته|سره|له|څخه|لپاره|او",
    tr: "ile|için|ve|bu|o",
    fr: "à|avec|de|chez|par|pour|d'|et|demande|c'est",
    de: "an|mit|von|bei|für|zu|und|frag|ist|war",
    sq: "me|te|nga|për|i|tek|dhe|pyet|ishte|është",
    vi: "cho|với|của|từ|gặp|hỏi|là|và|bởi",
  },
  /** Third person: somebody is spoken of even at the start of a message. */
  third: {
    en: "said|says|took|has|is|was|will|told|sent|gave|wants|needs|called|works|runs|has the|knows|organises|can|did|does",
    ckb: "وتی|گوتی|{دە,ئە}ڵێت|{دە,ئە}ڵێ|هات|بردی|{دە,ئە}یەوێت|{دە,ئە}یەوێ|ناردی|وەرگرت|{دە,ئە}کات|کردی|دای|پێی|هەیە|بوو",
    ckl: "wti|guti|ale|alet|dale|hat|brdy|ayawe|dayawe|nardi|wargrt|krdi|day|bu|akat|dakat",
    kmr: "got|dibêje|hat|bir|dixwaze|şand|stand|kir|da|bû|ye|heye",
    ar: "قال|كال|گال|يكول|يقول|اخذ|أخذ|دز|بعث|يريد|كان|عنده|راح|اجه|استلم|هو|يشتغل|رتب",
    fa: "گفت|میگه|گرفت|فرستاد|میخواد|بود|داره|داد|اومد|آمد|هست|است|می گفت|برد",
    ps: "وویل|وايي|وایي|واخیستې|ولېږل|غواړي|و|دی|راغی|ورکړ",
    tr: "dedi|diyor|aldı|gönderdi|istiyor|verdi|geldi|gitti|söyledi|var|idi|olacak",
    fr: "a dit|dit que|a pris|a envoyé|veut|était|est|a|va",
    de: "hat|sagt|sagte|ist|war|will|nahm|schickt|kommt|wird",
    sq: "tha|thotë|mori|dërgoi|do|ishte|është|ka|erdhi",
    vi: "nói|bảo|lấy|gửi|muốn|là|đã|bị",
  },
  /** A role that stands for the person when no name is given. */
  role: {
    en: "the boss|the big boss|the saraf|the sarraf|the hawaladar|the smuggler|the captain|the driver|the agent|the guide|the middleman|the organiser|the leader",
    ckb: "سەڕاف|سەراف|سەڕافەکە|سەرافەکە|قاچاخچی|قاچاخچییەکە|قاچاخچیەکە|قاچاغچی|گەورەکە|سەرۆکەکە|کاپتنەکە|شۆفێرەکە|دەڵاڵ|دەڵاڵەکە|حەوالەچی",
    ckl: "saraf|sarraf|sarafaka|qachaxchi|qachaxchiaka|dallal|hawalachi|shoferaka",
    kmr: "seraf|sarraf|qaçaxçî|serokê mezin|hewaleçî",
    ar: "الصراف|صراف|المهرب|الريس|الدلال|صاحب المكتب|السمسار|المندوب",
    fa: "صراف|صرافی|قاچاقبر|قاچاقچی|رئیس|دلال|رابط|راه بلد|ناخدا",
    ps: "صراف|قاچاقبر|دلال|مشر",
    tr: "sarraf|kaçakçı|patron|kuyumcu|döviz bürosu|aracı|simsar",
    fr: "le passeur|le patron|le chef|le saraf|l'intermédiaire|le rabatteur",
    de: "der schleuser|der chef|der boss|der saraf|der mittelsmann|der vermittler",
    sq: "trafikanti|shefi|sarafi|ndërmjetësi",
    vi: "ông trùm|trùm|đầu mối|môi giới|cò|sếp",
  },
} as const satisfies Record<string, Words>

/** Words that stand where a name could and are none. Folded spelling. */
export const NO_NAMES =
  "yourself myself himself herself ourselves خۆت خۆم خۆی خۆتان خۆمان بڕیار نفسك نفسي خودت خودم خودش kendin kendim vetes xwe toi-même dich the a an this that these those he she it they we you i me him her them us my your his our their and or but if in on at to from with of for by is are was were be been do does did has have had not no yes ok when where how what who why there here today tomorrow tonight now then all some any one two three money boat boats people phone number code man men guy guys brother sister friend driver boss house camp please thanks will can go going went come came send sent give gave take took pay paid price euro euros pound pounds dollar dollars day days night week month year hour hours " +
  "من تو او ما شما اون این آن یه یک دو سه که و یا از به با در تا برای هم نه آره است بود هست شد کرد دارم داره داریم پول قایق نفر گوشی کد شماره امشب فردا امروز کجا کی چی چند خوبه باشه مرد زن بچه برادر دوست راننده " +
  "ئەو ئێمە ئێوە من تۆ ئەوان لە بۆ بە لەگەڵ و یان کە نا بەڵێ ئەمە ئەوە یەک دوو سێ پارە بەلەم کەس نەفەر مۆبایل کۆد ژمارە ئەمشەو سبەینێ سبەی ئەمڕۆ کوێ کەی چی چەند باشە پیاوێک کابرایەک کوڕێک هاوڕێ شۆفێر هاتووە چوو دا کرد بوو هەیە نیە نییە دەبێت ئەبێت بڕۆ وەرە بنێرە بدە " +
  "انا انت هو هي احنا انتم هم هذا هذه ذاك في من الى عن مع ما لا نعم او اذا كل واحد اثنين فلوس قارب نفر تلفون رقم كود الليلة باجر اليوم وين شوكت شنو كم زين رجال واحد اخ صديق سايق اللي الي كان راح يجي اكو ماكو هسه بعد قبل ويا يم عند يعني بس " +
  "ben sen o biz siz onlar bu şu ve veya ile için de da ki mi ne var yok bir iki üç para bot tekne kişi telefon kod numara bugün yarın gece adam kardeş arkadaş şoför geldi gitti olur tamam evet hayır çok daha gibi kadar biri " +
  "ez tu ew em hûn wan min te wî wê me we û an bi li ji bo ku na erê yek du sê pere belem bot kes telefon kod hejmar îşev sibê îro mirov bira heval heye tune hat çû da kir bû e ye in " +
  "mn to aw ema ewa la bo ba lagal u yan ka na bale yak dw se para balam kas nafar mobail kod zhmara amshaw sbay amro kwe kay chi chand basha haya niya nia wara bro bda bnera " +
  "je tu il elle nous vous ils le la les un une des du de et ou mais si dans sur au aux pour par avec est sont était a ont pas oui non argent bateau gens téléphone code numéro ce cette ça demain aujourd'hui soir homme ami chauffeur qui que quoi où combien très bien ici là tout tous plus moi toi lui " +
  "ich du er sie es wir ihr der die das ein eine einen und oder aber wenn in im am an auf zu zum von mit für bei ist sind war hat haben nicht ja nein geld boot leute handy code nummer heute morgen abend mann freund fahrer wer was wo wie viel sehr gut hier da alle mir dir ihm uns auch noch nur so dann jetzt kein keine " +
  "unë ti ai ajo ne ju ata një dy tre dhe ose por nëse në me për nga te tek i e të së është janë ishte ka nuk po jo para varkë njerëz telefon kod numër sot nesër sonte burrë shok shofer kush çfarë ku si mirë këtu atje që do u " +
  "toi ban minh em no ho chung ta la va hoac nhung neu o tai cho voi tu den co khong duoc roi tien thuyen nguoi dien thoai ma so hom nay mai dem toi ai gi dau bao nhieu tot day kia di ve cung cac nhung mot hai ba nay thi ma nhe a oi biet lam dang se da " +
  "زه ته هغه موږ تاسو دوی او یا که نه هو په له ته کې د یو دوه درې پیسې کښتۍ نفر موبایل کوډ نمبر نن سبا شپه سړی ورور ملګری دی ده دي وو وه چې څه چېرته "

/** Given names that people on this journey and those who carry them commonly bear: enough to see a name without a title. Spellings of several scripts. */
export const GIVEN =
  "rasul rasool rasoul ahmad ahmed ahmet mohammed mohammad muhammad mohamed muhamad mehmed mehmet hama hemin heman hassan hasan hussein hussain husen hossein ali omar omer osman othman karim kareem rahim rahman rashid khalid xalid khaled ibrahim ismail ismael yusuf yousef yusif mustafa mahmoud mahmood mahmud abdullah abdulla abdulrahman salah saleh salih jamal cemal kamal kemal jalal celal nawzad newzad rebwar rebaz rebin rebeen rizgar rzgar azad aram dilshad dlshad diler diyar dyar hiwa hawre hawkar hardi hardy hemen karwan kawa kosar kosrat goran soran sherko shwan shivan siwan sirwan sarwar sardar serdar sarkawt serkewt serhat baran barzan behzad bahzad bestun bryar bahman barham peshraw peshawa pshtiwan pola rawa rawand rawa ranj saman sangar shaho shakhawan twana zana zanyar zryan ziryan zirak farhad ferhad faraidun fereydun fuad jabar jabbar jwan lukman luqman najib nabaz namo nizar omed omid qadir rauf saddam samir shorsh tahsin tariq wali wrya yasin zaki zaid hayder haider abbas jasim kadhim kazim sajjad sajad muntadhar mahdi mehdi reza amir arash babak behnam dariush ehsan farid hamid javad kaveh majid masoud massoud milad mojtaba nader navid parviz pouya ramin saeed sina siavash vahid yaser zabi zabihullah najibullah gul gulab wahid wali khan sher noor nur rahmatullah hamidullah esmat asad zalmai mirwais idris rafi shafiq tur bilal burak cem emre erkan fatih hakan ibo kadir kemal murat mesut orhan ozan ramazan recep selim serkan tarik ugur umut yilmaz yusuf zeki adem agron altin arben ardian artan besnik bledi dritan edmond elton endrit ermal fatmir flamur gezim gjergj ilir klodian luan petrit redon sokol taulant valon viktor xhevdet " +
  "ڕەسوڵ ڕەسول ئەحمەد محەمەد محمد حەمە حەسەن حوسێن حسێن عەلی عومەر عوسمان کەریم ڕەحیم ڕەشید خالید ئیبراهیم ئیسماعیل یوسف مستەفا مەحمود عەبدوڵا سەلاح ساڵح جەمال کەمال جەلال نەوزاد ڕێبوار ڕێباز ڕێبین ڕزگار ئازاد ئارام دڵشاد دلێر دیار هیوا هاوڕێ هاوکار هەردی هێمن کاروان کاوە کۆسار کۆسرەت گۆران سۆران شێرکۆ شوان شڤان سیروان سەروەر سەردار سەرکەوت باران بارزان بێهزاد بێستوون بریار بەهمەن بەرهەم پێشڕەو پێشەوا پشتیوان پۆلا ڕاوە ڕەوەند ڕەنج سامان سەنگەر شاهۆ شاخەوان توانا زانا زانیار زریان زیرەک فەرهاد فەرەیدون فوئاد جەبار لوقمان نەبەز نەجیب ئومێد قادر سەمیر شۆڕش تەحسین تاریق وەلی وریا یاسین هەڵۆ هەژار ڕۆستەم ئاکۆ ئاسۆ ئەردەڵان هۆگر هۆشیار کەیوان " +
  "احمد أحمد محمد حسن حسين علي عمر عثمان كريم رحيم رشيد خالد ابراهيم إبراهيم اسماعيل يوسف مصطفى محمود عبدالله صلاح صالح جمال كمال جلال حيدر عباس جاسم كاظم سجاد منتظر مهدي قاسم سلام ستار جبار كرار ياسر سامر سمير طارق بلال وليد ماجد مازن فراس ليث زياد رعد عدنان غسان نزار بسام ريبوار ازاد هيوا كاروان سردار دلشاد شيركو هيمن " +
  "رضا امیر آرش بابک بهنام داریوش احسان فرید حمید جواد کاوه مجید مسعود میلاد مجتبی نادر نوید پرویز پویا رامین سعید سینا سیاوش وحید یاسر فرهاد بهزاد بهمن سامان کیوان حسین علی مهدی زلمی میرویس نجیب نجیب‌الله گل گلاب شفیق ادریس رفیع نور رحمت حمیدالله عصمت اسد هوشنگ منصور ناصر کریم جعفر داوود داود"
