/**
 * What WhatsApp itself writes into exported chats: English, German, French, Arabic, Persian, Sorani, Turkish; of Italian, Spanish,
 * Portuguese, Dutch and Russian what stands for a message. Compared after invisible marks are taken out. An exporter's language is that of the phone, so that all of them occur in one case.
 */

/** Written in place of a message that was taken back. `own` ones are only written on the sender's own phone. */
export const DELETED = {
  any: /^(?:This message was deleted|Diese Nachricht wurde gelöscht|Ce message a été supprimé|تم حذف هذه الرسالة|این پیام حذف شد|پیام حذف شد|ئەم (?:نامە|پەیام)(?:یە|ە) سڕا(?:یەوە|وەتەوە)|Bu mesaj silindi|Questo messaggio è stato eliminato|Se eliminó este mensaje|(?:Esta )?mensagem (?:foi )?apagada|Dit bericht is verwijderd|Данное сообщение удалено)(?: by admin .*)?[.!]?$/iu,
  own: /^(?:You deleted this message|Du hast diese Nachricht gelöscht|Sie haben diese Nachricht gelöscht|Vous avez supprimé ce message|(?:لقد )?(?:قمت بحذف|حذفت) هذه الرسالة|(?:شما )?این پیام را حذف کردید|ئەم (?:نامە|پەیام)(?:یە|ە)ت سڕییەوە|Bu mesajı sildiniz|Hai eliminato questo messaggio|Eliminaste este mensaje|Você apagou esta mensagem|(?:Je hebt|U hebt) dit bericht verwijderd|Вы удалили данное сообщение)[.!]?$/iu,
}

/** Written behind a message that its sender changed later. */
export const EDITED =
  /\s*<(?:This message was edited|Diese Nachricht wurde bearbeitet|Ce message a été modifié|تم تعديل هذه الرسالة|این پیام ویرایش شد|Bu mesaj düzenlendi|Questo messaggio è stato modificato|Se editó este mensaje|Mensagem editada|Dit bericht is bewerkt|Данное сообщение изменено)\.?>$/iu

type Medium = "media" | "image" | "video" | "audio" | "sticker" | "gif" | "document" | "contact"

/** A medium that the exporter left out. */
export const OMITTED: readonly [Medium, RegExp][] = [
  [
    "image",
    /^(?:image omitted|Bild weggelassen|image absente|(?:تم استبعاد )?الصورة(?: غير مدرجة)?|صورة مستبعدة|تصویر حذف شد|تصویر پیوست نشده|وێنە (?:لابرا|دانەنراوە)|görüntü dahil edilmedi)$/iu,
  ],
  [
    "video",
    /^(?:video omitted|Video weggelassen|vidéo absente|(?:تم استبعاد )?الفيديو(?: غير مدرج)?|فيديو مستبعد|ویدیو حذف شد|ڤیدیۆ (?:لابرا|دانەنراوە)|video dahil edilmedi)$/iu,
  ],
  [
    "audio",
    /^(?:audio omitted|Audio weggelassen|audio (?:omis|absent)|(?:تم استبعاد )?(?:الصوت|المقطع الصوتي)(?: غير مدرج)?|مقطع صوتي مستبعد|صدا حذف شد|صوت حذف شد|دەنگ (?:لابرا|دانەنراوە)|ses dahil edilmedi)$/iu,
  ],
  [
    "sticker",
    /^(?:sticker omitted|Sticker weggelassen|sticker (?:omis|absent)|(?:تم استبعاد )?الملصق(?: غير مدرج)?|برچسب حذف شد|استیکر حذف شد|Çıkartma dahil edilmedi)$/iu,
  ],
  ["gif", /^(?:GIF omitted|GIF weggelassen|GIF (?:retiré|absent)|(?:تم استبعاد )?صورة GIF|GIF حذف شد|GIF dahil edilmedi)$/iu],
  [
    "contact",
    /^(?:Contact card omitted|Kontaktkarte (?:ausgelassen|weggelassen)|Fiche (?:de )?contact (?:retirée|absente)|(?:تم استبعاد )?بطاقة جهة الاتصال|کارت مخاطب حذف شد|Kişi kartı dahil edilmedi)$/iu,
  ],
  [
    "document",
    /^(?:.{1,200}[\s•].{0,40})?(?:document omitted|Dokument weggelassen|document (?:omis|absent)|(?:تم استبعاد )?المستند(?: غير مدرج)?|سند حذف شد|belge dahil edilmedi)$/iu,
  ],
  [
    "media",
    /^<(?:Media omitted|Medien (?:ausgeschlossen|weggelassen)|Médias omis|تم استبعاد الوسائط|(?:تم )?(?:حذف|استبعاد) الوسائط|رسانه حذف شد|پیوست نمایش داده نشده(?: است)?|میدیا (?:لابرا|دانەنراوە)|Medya dahil edilmedi|Media omessi|Multimedia omitido|Mídia oculta|Arquivo de mídia oculto|Media weggelaten|Без медиафайлов)>$/iu,
  ],
]

/** A word of every pattern above: looked for first, since almost no message holds one. */
export const OMITTED_HINT =
  /omitted|lassen|schlossen|omis|absent|retiré|استبعاد|مستبعد|مدرج|الصورة|الفيديو|الصوت|المقطع|الملصق|GIF|بطاقة|المستند|حذف|پیوست|لابرا|دانەنراوە|dahil|omessi|omitido|ocult[ao]|weggelaten|медиафайлов/iu

/** `<attached: file>` (iOS), whatever the language's word; `file (file attached)` (Android). */
export const ATTACHED_IOS = /^<[^<>:]{2,30}\s?:\s?([^<>]+\.[A-Za-z0-9]{2,5})>$/u
export const ATTACHED_ANDROID = /^(\S[^\n]{0,200}\.[A-Za-z0-9]{2,5}) \(([^()\n]{4,40})\)$/u
export const ATTACHED_WORDS =
  /^(?:file attached|Datei angehängt|fichier joint|الملف مرفق|ملف مرفق|فایل پیوست شده?|فایل پیوست شد|فایل ضمیمه شده|پەڕگە هاوپێچ کراوە|فایل هاوپێچ کراوە|dosya ekli|dosya eklendi)$/iu
/** Names that WhatsApp gives to media. */
export const OWN_NAME = /^(?:(?:IMG|VID|PTT|AUD|DOC|STK|GIF)-\d{8}-WA\d+|\d{8}-(?:PHOTO|VIDEO|AUDIO|STICKER|GIF|PTT)-)/u

export const CALLS: readonly { pattern: RegExp; video: boolean; missed: boolean }[] = [
  {
    pattern:
      /^(?:Missed (?:group )?voice call|Verpasster Sprachanruf|Appel vocal manqué|مكالمة صوتية (?:فائتة|لم يتم الرد عليها)|تماس صوتی (?:از دست رفته|بی‌?پاسخ)|پەیوەندیی? دەنگی(?:ی)? (?:لەدەستچوو|وەڵام نەدراوە)|Cevapsız sesli arama)(?:[ .,].*)?$/iu,
    video: false,
    missed: true,
  },
  {
    pattern:
      /^(?:Missed (?:group )?video call|Verpasster Videoanruf|Appel vidéo manqué|مكالمة فيديو (?:فائتة|لم يتم الرد عليها)|تماس (?:ویدیویی|تصویری) (?:از دست رفته|بی‌?پاسخ)|پەیوەندیی? ڤیدیۆیی? (?:لەدەستچوو|وەڵام نەدراوە)|Cevapsız görüntülü arama)(?:[ .,].*)?$/iu,
    video: true,
    missed: true,
  },
  {
    pattern: /^(?:Voice call|Sprachanruf|Appel vocal|مكالمة صوتية|تماس صوتی|Sesli arama)(?:[.,،] ?.{0,40})$/iu,
    video: false,
    missed: false,
  },
  {
    pattern: /^(?:Video call|Videoanruf|Appel vidéo|مكالمة فيديو|تماس (?:ویدیویی|تصویری)|Görüntülü arama)(?:[.,،] ?.{0,40})$/iu,
    video: true,
    missed: false,
  },
]
export const UNANSWERED = /no answer|nicht angenommen|keine antwort|sans réponse|لم يتم الرد|لا يوجد رد|بی‌?پاسخ|cevap(?:lanmadı| yok)/iu

/** Places in chats: the link that WhatsApp writes, in every language. */
export const MAP_LINK =
  /https?:\/\/(?:www\.)?(?:maps\.google\.[a-z.]+\/(?:maps)?\?q=|google\.[a-z.]+\/maps(?:\/search\/\?api=1&query=|\?q=))(-?\d{1,3}(?:\.\d+)?)(?:,|%2C)\s*(-?\d{1,3}(?:\.\d+)?)/iu

/** Lines that the app writes about a group: who (`a`) did it, to whom (`b`). */
export const SYSTEM: readonly [string, RegExp][] = [
  [
    "added",
    /^(?:(?<a>You|Du|Vous|شما|تۆ) (?:were added|wurdest hinzugefügt|avez été ajouté.*|اضافه شدید|زیاد کرایت)|تمت إضافتك|Eklendiniz)[.]?$/iu,
  ],
  [
    "encryption notice",
    /(?:end-to-end encrypted|end-to-end encryption|Ende-zu-Ende-verschlüsselt|chiffrés? de bout en bout|مشفرة تمامًا بين الطرفين|مشفّرة|رمزگذاری سرتاسری|رمزگذاری شده|uçtan uca şifreli|شیفرەکراو)/iu,
  ],
  [
    "group created",
    /^(?<a>.+?) (?:created (?:this )?group|hat die Gruppe (?=.*erstellt)|a créé le groupe|(?:أنشأ|أنشأت) المجموعة|(?:گروه).{0,60}را (?:ایجاد|ساخت)|گرووپی).*$/iu,
  ],
  [
    "number changed",
    /^(?<a>.+?) (?:changed (?:their phone number )?to (?:a new number|(?<b>\+?[\p{Nd}\s().-]+))|changed their phone number|hat (?:die|eine neue) (?:Telefon)?nummer|a changé de numéro|(?:غيّر|غيَّر|غير).{0,12}رقم|شماره.{0,20}تغییر|ژمارەی? .{0,20}گۆڕی|telefon numarasını değiştirdi).*$/iu,
  ],
  [
    "subject changed",
    /^(?<a>.+?) (?:changed the (?:subject|group name)|hat den (?:Betreff|Gruppennamen)|a (?:changé|modifié) (?:le sujet|l['’]objet|le nom du groupe)|(?:غيّر|غيَّر|غير) (?:اسم|موضوع)|(?:نام|موضوع) گروه|ناوی گرووپ|(?:konuyu|grup adını)).*$/iu,
  ],
  [
    "icon or settings changed",
    /^(?<a>.+?) (?:changed (?:this group's icon|the group (?:icon|description)|the group's|their profile)|hat das Gruppenbild|a (?:changé|modifié) (?:l['’]icône|la description)|grup (?:simgesini|açıklamasını)).*$/iu,
  ],
  [
    "removed",
    /^(?<a>.+?) (?:removed|hat (?<b2>.+?) entfernt|a (?:retiré|supprimé)|(?:أزال|أزالت)|(?:kişisini|adlı kişiyi) çıkardı)(?: (?<b>.+?))?[.]?$/iu,
  ],
  [
    "added",
    /^(?<a>.+?) (?:added|hat (?<b2>.+?) hinzugefügt|a ajouté|(?:أضاف|أضافت|تمت إضافة)|زیادی کرد|(?:را )?اضافه کرد|kişisini ekledi|(?<b3>.+?) kişisini ekledi)(?: (?<b>.+?))?[.]?$/iu,
  ],
  [
    "joined",
    /^(?<a>.+?) (?:joined (?:using|from)|ist (?:mit|über) .{0,40}beigetreten|a rejoint|انضم|پیوست|هاتە ناو|(?:davet bağlantısı|grubun).{0,40}katıldı).*$/iu,
  ],
  [
    "left",
    /^(?<a>.+?) (?:left|hat die Gruppe verlassen|(?:a quitté|est parti)(?: le groupe)?|غادر(?:ت)?|گروه را ترک کرد|(?:گرووپەکەی? )?(?:جێهێشت|بەجێهێشت)|(?:gruptan )?ayrıldı)[.]?$/iu,
  ],
  ["security code", /(?:security code (?:with|changed)|Sicherheitsnummer|code de sécurité|رمز الأمان|کد امنیتی|güvenlik kodu)/iu],
]

/** The exporter as the app calls him. */
export const YOU = /^(?:you|du|sie|vous|أنت|انت|شما|تۆ|siz)$/iu

/** File and folder names of exports: whose chat it is. */
export const TITLES: readonly RegExp[] = [
  /^WhatsApp[- ]Chat (?:with|mit|avec|ile|- ?) ?(?<title>.+?)(?:\.(?:txt|zip))?$/iu,
  /^Discussion WhatsApp avec (?<title>.+?)(?:\.(?:txt|zip))?$/iu,
  /^(?<title>.+?) ile WhatsApp Sohbeti(?:\.(?:txt|zip))?$/iu,
  /^(?:محادثة|دردشة) (?:واتساب|واتس ?اب|WhatsApp) مع (?<title>.+?)(?:\.(?:txt|zip))?$/iu,
  /^(?:گفتگوی?|چت) (?:واتس‌?اپ|واتساپ|WhatsApp) با (?<title>.+?)(?:\.(?:txt|zip))?$/iu,
  /^(?:چاتی|گفتوگۆی) (?:واتس ?ئاپ|واتساپ|WhatsApp) لەگەڵ (?<title>.+?)(?:\.(?:txt|zip))?$/iu,
]
