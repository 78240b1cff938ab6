import type { Words } from "../text/lexicon.ts"
import type { Category } from "./apart.ts"

/** What names of people, chats and files say of whom they are. Words that are also usual nicknames (doctor, teacher, mamosta) are left out. */
export const LABEL_WORDS: readonly (readonly [Category, Words])[] = [
  [
    "privileged",
    {
      en: "lawyer|lawyers|solicitor|solicitors|barrister|attorney|legal aid|law centre|law firm|legal adviser|immigration adviser",
      ar: "محامي|محامية|المحامي|المحامية|محامي الهجرة|مكتب محاماة|محاماة",
      ckb: "پارێزەر|پارێزەرەکەم|پارێزەرم|پارێزەری",
      kmr: "parêzer|parezer|avûkat|ebûkat",
      fa: "وکیل|وکیلم|وکیل دادگستری",
      ps: "وکیل|مدافع وکیل",
      tr: "avukat|avukatım|hukuk bürosu",
      fr: "avocat|avocate|maître avocat|aide juridictionnelle",
      de: "anwalt|anwältin|rechtsanwalt|rechtsanwältin|kanzlei",
      sq: "avokat|avokati|avokate",
      vi: "luật sư",
    },
  ],
  [
    "medical",
    {
      en: "hospital|clinic|gp surgery|my gp|family doctor|pharmacy|midwife|nurse|nhs|health centre|physician|psychologist|psychiatrist|therapist|dentist",
      ar: "مستشفى|المستشفى|عيادة|طبيب|طبيبة|صيدلية|ممرضة|قابلة|طبيب نفسي",
      ckb: "نەخۆشخانە|پزیشک|کلینیک|دەرمانخانە|پەرستار|مامان پزیشک|دەروونناس",
      kmr: "nexweşxane|bijîşk|dermanxane",
      fa: "بیمارستان|درمانگاه|پزشک|داروخانه|پرستار|روانشناس",
      ps: "روغتون|کلینیک",
      tr: "hastane|klinik|eczane|hemşire|aile hekimi|psikolog",
      fr: "hôpital|clinique|pharmacie|médecin|infirmière|sage-femme",
      de: "krankenhaus|klinik|apotheke|arzt|ärztin|hebamme|arztpraxis",
      sq: "spital|klinikë|farmaci|mjek|infermiere",
      vi: "bệnh viện|phòng khám|nhà thuốc",
    },
  ],
  [
    "asylum",
    {
      en: "home office|migrant help|refugee council|red cross asylum|asylum|unhcr|asylum support|case owner|screening unit|iom return",
      ar: "مفوضية اللاجئين|المفوضية|اللجوء|مكتب اللجوء",
      ckb: "پەنابەری|کۆمیساریای پەنابەران|یو ئێن",
      kmr: "penaberî|penaber",
      fa: "پناهندگی|کمیساریای پناهندگان",
      ps: "پناه غوښتنه",
      tr: "iltica|göç idaresi",
      fr: "ofpra|asile|demande d'asile",
      de: "bamf|asyl|asylberatung",
      sq: "azil",
      vi: "tị nạn",
    },
  ],
  [
    "child",
    {
      en: "school|primary school|kindergarten|nursery|my son|my daughter|childminder|social worker children|children's services",
      ar: "مدرسة|المدرسة|روضة|الروضة|ابني|ابنتي|بنتي",
      ckb: "قوتابخانە|باخچەی ساوایان|کوڕەکەم|کچەکەم",
      kmr: "dibistan|kurê min|keça min",
      fa: "مدرسه|مهدکودک|پسرم|دخترم",
      ps: "ښوونځی|زوی مې|لور مې",
      tr: "okul|anaokulu|oğlum|kızım",
      fr: "école|maternelle|mon fils|ma fille",
      de: "schule|kita|kindergarten|mein sohn|meine tochter",
      sq: "shkolla|kopshti|djali im|vajza ime",
      vi: "trường học|nhà trẻ|con trai tôi|con gái tôi",
    },
  ],
]

/** What texts and file names say. Phrases rather than words: those who sell crossings speak of asylum, doctors and children too. */
export const TEXT_WORDS: readonly (readonly [Category, Words])[] = [
  [
    "privileged",
    {
      en: "my lawyer|my solicitor|our lawyer|our solicitor|your lawyer|your solicitor|my barrister|legally privileged|legal privilege|legal advice|letter of authority|client care letter|without prejudice",
      ar: "المحامي الخاص بي|محاميي|محامينا|استشارة قانونية|وكالة قانونية",
      ckb: "پارێزەرەکەم|پارێزەرەکەمان|ڕاوێژی یاسایی",
      kmr: "parêzerê min|parêzera min",
      fa: "وکیلم|وکیل من|مشاوره حقوقی",
      ps: "زما وکیل",
      tr: "avukatım|avukatımız|hukuki danışmanlık",
      fr: "mon avocat|mon avocate|conseil juridique",
      de: "mein anwalt|meine anwältin|rechtsberatung|mandant",
      sq: "avokati im",
      vi: "luật sư của tôi",
    },
  ],
  [
    "medical",
    {
      en: "blood test|test results|prescription|diagnosis|diagnosed|hiv|pregnant|pregnancy|miscarriage|ultrasound|chemotherapy|insulin|antidepressant|medical report|medical records|discharge letter|surgery appointment|mental health|ptsd",
      ar: "تحليل الدم|وصفة طبية|تقرير طبي|حامل|الحمل|تشخيص|إنسولين|علاج نفسي",
      ckb: "پشکنینی خوێن|ڕەچەتە|ڕاپۆرتی پزیشکی|دووگیان|سکپڕ|ئەنسۆلین|نەخۆشی دەروونی",
      kmr: "ducanî|rapora bijîşkî|reçete",
      fa: "آزمایش خون|نسخه پزشک|گزارش پزشکی|باردار|انسولین",
      ps: "د وینې ازموینه|امیندواره",
      tr: "kan tahlili|reçete|sağlık raporu|hamile|gebelik|teşhis|insülin",
      fr: "prise de sang|ordonnance médicale|enceinte|grossesse|diagnostic|dossier médical",
      de: "blutprobe|rezept vom arzt|schwanger|diagnose|arztbrief|befund",
      sq: "analiza e gjakut|shtatzënë|recetë mjekësore",
      vi: "xét nghiệm máu|mang thai|đơn thuốc",
    },
  ],
  [
    "asylum",
    {
      en: "asylum claim|asylum interview|asylum application|asylum support|substantive interview|screening interview|statement of evidence|refugee status|preliminary information questionnaire|reasons for refusal|asylum appeal|persecution|persecuted",
      ar: "طلب اللجوء|طلب لجوء|مقابلة اللجوء|قضية اللجوء|صفة لاجئ|اضطهاد",
      ckb: "داوای پەنابەری|داواکاری پەنابەری|چاوپێکەوتنی پەنابەری|کەیسی پەنابەری|مافی پەنابەری|چەوساندنەوە",
      kmr: "serlêdana penaberiyê|daxwaza penaberiyê",
      fa: "درخواست پناهندگی|مصاحبه پناهندگی|کیس پناهندگی",
      ps: "د پناه غوښتنې",
      tr: "iltica başvurusu|sığınma başvurusu|mülteci statüsü|iltica mülakatı",
      fr: "demande d'asile|entretien ofpra|statut de réfugié|persécution",
      de: "asylantrag|asylverfahren|anhörung beim bamf|flüchtlingseigenschaft",
      sq: "kërkesë për azil|intervista e azilit",
      vi: "đơn xin tị nạn|phỏng vấn tị nạn",
    },
  ],
  [
    "child",
    {
      en: "birth certificate|school report|school uniform|vaccination card|child benefit|parents evening|custody of the child|foster carer",
      ar: "شهادة ميلاد|شهادة الميلاد|بيان ولادة|دفتر التلقيح|حضانة الطفل",
      ckb: "بڕوانامەی لەدایکبوون|بەیانی لەدایکبوون|کارتی کوتان",
      kmr: "belgeya jidayikbûnê",
      fa: "شناسنامه کودک|گواهی تولد|کارت واکسن",
      ps: "د زیږون سند",
      tr: "doğum belgesi|aşı kartı|velayet davası",
      fr: "acte de naissance|carnet de santé|bulletin scolaire",
      de: "geburtsurkunde|impfpass|sorgerecht|schulzeugnis",
      sq: "certifikatë lindjeje",
      vi: "giấy khai sinh",
    },
  ],
]

/** Domains of senders and recipients. */
export const DOMAINS: readonly (readonly [Category, RegExp])[] = [
  [
    "privileged",
    /(?:^|\.)cjsm\.net$|solicitors?|barristers?|lawyers?|law(?:firm|centre|chambers)|(?:^|[-.])legal(?:[-.]|$)|chambers\.|avukat|barosu|avocats?|anwalt|kanzlei/,
  ],
  ["medical", /(?:^|\.)nhs\.(?:net|uk)$|hospital|clinic|pharmac|hastane|krankenhaus|hopital/],
  [
    "asylum",
    /(?:^|\.)homeoffice\.gov\.uk$|(?:^|\.)unhcr\.org$|migranthelp|refugeecouncil|asylum|asyl|ofpra|(?:^|\.)bamf\.(?:de|bund\.de)$|goc\.gov\.tr$/,
  ],
  ["child", /(?:^|\.)sch\.uk$|childrens?-?services|nspcc|(?:^|\.)k12\./],
]

/** Media types and endings of files that are medical by their form. */
export const MEDICAL_FILE = /\.(?:dcm|dicom|hl7)$|^application\/(?:dicom|fhir|hl7)/i
