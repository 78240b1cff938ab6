/** What whoever a device was taken from must be told, and when (R (HM, MA, KH) v SSHD [2022] EWHC 2729 (Admin): people were told as a remedy). */
export const NOTICE_KINDS = {
  seizure: { title: "That the device was taken, and under which power", afterDays: 0 },
  retention: { title: "That it is still kept, and why", afterDays: 90 },
  outcome: { title: "What became of the search of it", afterDays: null },
  return: { title: "That it is given back, and how", afterDays: null },
} as const satisfies Record<string, { title: string; afterDays: number | null }>
export type NoticeKind = keyof typeof NOTICE_KINDS
export const NOTICE_KIND_IDS = Object.keys(NOTICE_KINDS) as [NoticeKind, ...NoticeKind[]]

export const NOTICE_LANGUAGES = ["en", "ckb", "ar", "fa"] as const
export type NoticeLanguage = (typeof NOTICE_LANGUAGES)[number]

interface Words {
  /** In the language itself. Null for the one in which the text was written. */
  unchecked: string | null
  rtl: boolean
  reference: string
  taken: string
  power: string
  kinds: Record<NoticeKind, string>
  reason: string
  rights: readonly string[]
  ask: string
}

/** No text asks for anything by which a device is opened, and none says or hints that refusing has consequences. */
export const TEXTS: Readonly<Record<NoticeLanguage, Words>> = {
  en: {
    unchecked: null,
    rtl: false,
    reference: "Reference",
    taken: "Taken on",
    power: "Under",
    kinds: {
      seizure: "A thing that belongs to you, or that you had with you, was taken.",
      retention: "The thing that was taken from you is still kept.",
      outcome: "The search of the thing that was taken from you has ended.",
      return: "The thing that was taken from you is given back to you.",
    },
    reason: "Why",
    rights: [
      "You may ask for it back, and ask why it is kept.",
      "You may ask which data about you is held, and have it put right or erased.",
      "You may complain to the Information Commissioner, and you may ask a lawyer.",
    ],
    ask: "Ask here, with the reference",
  },
  ckb: {
    unchecked: "ئەم دەقە لەلایەن کەسێکەوە کە سۆرانی زمانی دایکییەتی پشکنینی بۆ نەکراوە.",
    rtl: true,
    reference: "ژمارەی سەرچاوە",
    taken: "ڕێکەوتی بردن",
    power: "بە پێی",
    kinds: {
      seizure: "شتێک کە هی تۆیە، یان لەگەڵتدا بوو، لێت وەرگیرا.",
      retention: "ئەو شتەی لێت وەرگیرابوو هێشتا هەڵگیراوە.",
      outcome: "پشکنینی ئەو شتەی لێت وەرگیرابوو تەواو بوو.",
      return: "ئەو شتەی لێت وەرگیرابوو پێت دەدرێتەوە.",
    },
    reason: "بۆچی",
    rights: [
      "دەتوانیت داوای بکەیتەوە، و بپرسیت بۆچی هەڵگیراوە.",
      "دەتوانیت بپرسیت چ داتایەک لەبارەی تۆوە هەڵگیراوە، و داوا بکەیت ڕاست بکرێتەوە یان بسڕدرێتەوە.",
      "دەتوانیت سکاڵا لای کۆمیسیاری زانیاری بکەیت، و دەتوانیت پرس بە پارێزەرێک بکەیت.",
    ],
    ask: "لێرە بپرسە، بە ژمارەی سەرچاوە",
  },
  ar: {
    unchecked: "لم يراجع هذا النص شخص لغته الأم العربية.",
    rtl: true,
    reference: "رقم المرجع",
    taken: "تاريخ الأخذ",
    power: "بموجب",
    kinds: {
      seizure: "أُخذ شيء يخصك أو كان معك.",
      retention: "ما زال الشيء الذي أُخذ منك محفوظا لدينا.",
      outcome: "انتهى تفتيش الشيء الذي أُخذ منك.",
      return: "يُعاد إليك الشيء الذي أُخذ منك.",
    },
    reason: "السبب",
    rights: [
      "يمكنك أن تطلب استعادته وأن تسأل عن سبب الاحتفاظ به.",
      "يمكنك أن تسأل عن البيانات المحفوظة عنك وأن تطلب تصحيحها أو محوها.",
      "يمكنك أن تشتكي إلى مفوض المعلومات، ويمكنك أن تستشير محاميا.",
    ],
    ask: "اسأل هنا مع ذكر رقم المرجع",
  },
  fa: {
    unchecked: "این متن را کسی که فارسی زبان مادری اوست بررسی نکرده است.",
    rtl: true,
    reference: "شماره پیگیری",
    taken: "تاریخ گرفتن",
    power: "بر پایه",
    kinds: {
      seizure: "چیزی که مال شماست یا همراه شما بود گرفته شد.",
      retention: "چیزی که از شما گرفته شد هنوز نگه داشته می‌شود.",
      outcome: "بررسی چیزی که از شما گرفته شد به پایان رسید.",
      return: "چیزی که از شما گرفته شد به شما پس داده می‌شود.",
    },
    reason: "دلیل",
    rights: [
      "می‌توانید پس گرفتن آن را بخواهید و بپرسید چرا نگه داشته می‌شود.",
      "می‌توانید بپرسید چه داده‌ای درباره شما نگه داشته می‌شود و بخواهید اصلاح یا پاک شود.",
      "می‌توانید به کمیسر اطلاعات شکایت کنید و می‌توانید از وکیل بپرسید.",
    ],
    ask: "با شماره پیگیری اینجا بپرسید",
  },
}

export interface NoticeFacts {
  kind: NoticeKind
  language: NoticeLanguage
  reference: string
  takenOn: string
  power: string
  reason: string | null
  contact: string
}

/** The notice in one language. What was translated and not checked by somebody whose language it is says so in its first line. */
export function noticeText(n: NoticeFacts): string {
  const t = TEXTS[n.language]
  return [
    ...(t.unchecked === null ? [] : [t.unchecked, ""]),
    t.kinds[n.kind],
    "",
    `${t.reference}: ${n.reference}`,
    `${t.taken}: ${n.takenOn}`,
    `${t.power}: ${n.power}`,
    ...(n.reason === null ? [] : [`${t.reason}: ${n.reason}`]),
    "",
    ...t.rights,
    "",
    `${t.ask}: ${n.contact}`,
    "",
  ].join("\n")
}
