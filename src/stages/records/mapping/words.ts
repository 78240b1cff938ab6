/**
 * Header words by meaning: English, German, French, Arabic, Persian, Sorani, Turkish (Latin script where a language has both).
 * A data table: an analyst adds a word by adding it to a line. `|` separates phrases; they are folded like headers are.
 */
export const CONCEPTS = {
  id: "id|record id|rec id|unique id|row id|nr|no|lfd nr|numéro|رقم القيد|شناسه|ژمارەی تۆمار|sıra no|record no|uid",
  name: "name|full name|primary name full|name full|person|vollständiger name|nom complet|nom et prénom|vor und nachname|الاسم|الاسم الكامل|نام و نام خانوادگی|نام کامل|ناو|ناوی تەواو|ناوی سیانی|ad soyad|adı soyadı|isim",
  givenName: "given name|first name|forename|primary name first|vorname|prénom|الاسم الأول|نام|ناوی یەکەم|adı",
  middleName:
    "middle name|middle|primary name middle|second name|father name|zweiter vorname|deuxième prénom|اسم الأب|نام پدر|ناوی باوک|baba adı",
  surname:
    "surname|last name|family name|primary name last|nachname|familienname|nom|nom de famille|اللقب|اسم العائلة|نام خانوادگی|نازناوی خێزان|ناوی خێزان|soyadı|soyad",
  otherName:
    "native name|native name full|name original script|aka|other name|also known as|alternative name|autre nom|anderer name|الاسم بالعربية|اسم آخر|نام دیگر|ناوی تر|diğer adı",
  organisation:
    "organisation|organization|company|firm|employer|primary name org|firma|unternehmen|arbeitgeber|société|entreprise|الشركة|شركة|شرکت|کۆمپانیا|şirket|firma adı",
  phone:
    "phone|phone number|telephone|mobile|mobile number|msisdn|tel|cell phone|whatsapp number|telefon|telefonnummer|rufnummer|handy|handynummer|mobil|téléphone|numéro de téléphone|portable|رقم الهاتف|هاتف|الهاتف|موبايل|جوال|شماره تلفن|تلفن|موبایل|شماره موبایل|ژمارەی تەلەفۆن|ژمارەی مۆبایل|تەلەفۆن|مۆبایل|telefon no|cep telefonu|telefon numarası|number|nummer",
  email: "email|e mail|email address|mail|e mail adresse|courriel|adresse mail|البريد الإلكتروني|بريد|ایمیل|رایانامه|ئیمەیڵ|e posta|eposta",
  handle:
    "handle|user name|username|screen name|nickname|benutzername|nutzername|nom d utilisateur|pseudo|اسم المستخدم|نام کاربری|ناوی بەکارهێنەر|kullanıcı adı",
  account:
    "account|account number|account no|account id|acct|konto|kontonummer|compte|numéro de compte|رقم الحساب|الحساب|شماره حساب|حساب|ژمارەی هەژمار|هەژمار|hesap no|hesap numarası|hesap",
  iban: "iban|iban number|آیبان|شبا|شماره شبا|الآيبان",
  wallet: "wallet|wallet address|crypto address|btc address|usdt address|محفظة|کیف پول|جزدان|cüzdan",
  imei: "imei|imei number|device imei",
  imsi: "imsi",
  iccid: "iccid|sim number",
  document:
    "passport|passport number|passport no|document number|document no|doc no|id number|national id|national id number|identity number|passnummer|reisepassnummer|ausweisnummer|dokumentennummer|numéro de passeport|numéro du document|رقم الجواز|رقم جواز السفر|رقم الهوية|رقم الوثيقة|شماره گذرنامه|شماره پاسپورت|کد ملی|ژمارەی پاسپۆرت|ژمارەی ناسنامە|pasaport no|pasaport numarası|kimlik no|belge no|soc sec id|ssn number|ssn|drivers license number",
  alias: "alias|code name|codename|nick|spitzname|deckname|surnom|اللقب المستعار|كنية|الكنية|نام مستعار|لقب|نازناو|takma ad|lakap",
  node: "node|node id|nodeid|knoten|nœud|düğüm",
  documentType:
    "document type|doc type|type of document|dokumentart|dokumententyp|type de document|نوع الوثيقة|نوع مدرک|جۆری بەڵگەنامە|belge türü",
  issuer:
    "issuer|issuing country|issuing state|passport country|national id country|ausstellerstaat|ausstellender staat|pays émetteur|pays de délivrance|بلد الإصدار|کشور صادرکننده|وڵاتی دەرکەر|veren ülke",
  nationality: "nationality|citizenship|staatsangehörigkeit|nationalität|nationalité|الجنسية|ملیت|تابعیت|نەتەوە|ڕەگەزنامە|uyruk|uyruğu",
  birthDate:
    "birth date|date of birth|dob|birthdate|born|geburtsdatum|geb|geboren|date de naissance|né le|تاريخ الميلاد|تاريخ الولادة|تاریخ تولد|بەرواری لەدایکبوون|ڕۆژی لەدایکبوون|doğum tarihi",
  address: "address|addr full|addr line1|full address|anschrift|adresse|العنوان|آدرس|ناونیشان",
  street: "street|street name|address 1|address1|addr street|strasse|straße|rue|الشارع|خیابان|شەقام|sokak|cadde",
  houseNumber: "street number|house number|house no|hausnummer|numéro de rue|رقم الدار|پلاک خانه|ژمارەی ماڵ|kapı no",
  addressLine: "address 2|address2|address line 2|addr line2|adresszusatz|complément d adresse",
  locality: "city|town|suburb|village|locality|addr city|ort wohnort|wohnort|stadt|ville|commune|المدينة|شهر|شار|şehir|ilçe",
  region: "state|province|governorate|county|addr state|bundesland|région|المحافظة|استان|پارێزگا|il adı",
  postcode:
    "postcode|post code|postal code|zip|zip code|addr postal code|plz|postleitzahl|code postal|الرمز البريدي|کد پستی|کۆدی پۆستە|posta kodu",
  country: "addr country|country of residence|residence country|wohnsitzland|pays de résidence",
  birthPlace:
    "birth place|place of birth|birthplace|geburtsort|lieu de naissance|محل الولادة|مكان الولادة|محل تولد|شوێنی لەدایکبوون|doğum yeri",
  sex: "sex|gender|geschlecht|sexe|الجنس|جنسیت|ڕەگەز|cinsiyet",
  socialNumber:
    "soc sec id|ssn|ssn number|social security number|social security id|national insurance number|ni number|nino|sozialversicherungsnummer|numéro de sécurité sociale",
  licence:
    "driving licence|driving licence number|driver licence number|drivers license number|driver license number|führerscheinnummer|numéro de permis|رقم رخصة القيادة|ehliyet no",
  group: "group|folder|gruppe|groupe|المجموعة|گروه|گرووپ|grup",
  date: "date|datum|day|tag|jour|التاريخ|تاريخ|تاریخ|بەروار|ڕۆژ|tarih|booking date|value date|buchungstag|buchungsdatum|date opération|transaction date|incident date|full date|report date|seizure date|inspection date|date seized|date posted|call date",
  datetime:
    "datetime|date time|date and time|timestamp|time stamp|start time|start|begin|started|call time|call start|time of call|sent at|posted at|created at|seen at|read at|captured at|zeitstempel|zeitpunkt|beginn|datum uhrzeit|horodatage|date et heure|début|التاريخ والوقت|وقت البدء|تاریخ و ساعت|زمان|بەروار و کات|tarih saat|başlangıç|time utc|at|when",
  time: "time|clock|uhrzeit|zeit|heure|الوقت|الساعة|ساعت|کات|کاتژمێر|saat",
  endAt: "end|end time|until|ended|ende|bis|fin|وقت الانتهاء|پایان|کۆتایی|bitiş",
  amount:
    "amount|sum|value|total|amt|transaction amount|betrag|summe|umsatz|montant|somme|المبلغ|مبلغ|القيمة|مقدار|بڕ|بڕی پارە|پارە|tutar|miktar|meblağ",
  currency: "currency|ccy|cur|währung|waehrung|devise|monnaie|العملة|ارز|واحد پول|دراو|جۆری دراو|para birimi|döviz",
  fee: "fee|fees|charge|charges|gebühr|frais|الرسوم|رسوم|کارمزد|کرێ|ücret|masraf",
  purpose:
    "purpose|description|payment purpose|remittance information|narrative|verwendungszweck|motif|libellé|الغرض|بيان|البيان|بابت|شرح|مەبەست|هۆکار|açıklama",
  reference: "reference|ref|payment reference|transaction reference|referenz|référence|المرجع|مرجع|شماره پیگیری|سەرچاوە|referans",
  method: "method|payment method|channel|zahlungsart|mode de paiement|طريقة الدفع|روش پرداخت|شێوازی پارەدان|ödeme şekli",
  status: "status|state of payment|zustand|statut|état|الحالة|وضعیت|دۆخ|بارودۆخ|durum",
  side: "side|in out|in or out|debit credit|ein aus|soll haben|débit crédit|دائن مدين|وارد صادر|بدهکار بستانکار|هاتوو چوو|giriş çıkış|borç alacak",
  code: "code|transfer code|pin|password|secret|kode|kennwort|code secret|mot de passe|الرمز|رمز|الكود|كود|رمز حواله|کد|کۆد|ژمارەی نهێنی|şifre|kod|hawala code|hawala no|hawala number|token",
  commission: "commission|commission percent|commission %|provision|courtage|العمولة|عمولة|کمیسیون|کۆمیسیۆن|komisyon",
  rate: "rate|exchange rate|kurs|wechselkurs|taux|taux de change|سعر الصرف|السعر|نرخ|نرخ ارز|نرخی گۆڕینەوە|kur|döviz kuru",
  page: "page|page no|seite|الصفحة|صفحة|صفحه|لاپەڕە|پەڕە|sayfa",
  line: "line|line no|zeile|ligne|السطر|سطر|دێڕ|satır",
  reader: "reader|read by|transcriber|transcribed by|leser|gelesen von|lecteur|القارئ|خواننده|خوێنەر|okuyan",
  secondReading:
    "second reading|second reader|other reading|zweite lesung|zweitlesung|deuxième lecture|القراءة الثانية|خوانش دوم|خوێندنەوەی دووەم|ikinci okuma",
  struckOut:
    "struck out|struck|crossed out|deleted entry|durchgestrichen|gestrichen|barré|rayé|مشطوب|خط خورده|هێڵ لێدراو|üstü çizili|cancelled",
  note: "note|notes|remark|remarks|comment|comments|bemerkung|anmerkung|notiz|remarque|ملاحظة|ملاحظات|یادداشت|توضیحات|ملاحظات|تێبینی|سەرنج|not|notlar",
  releasedAt: "released|released at|release date|paid out|ausgezahlt am|payé le|تاريخ التسليم|تاریخ تحویل|بەرواری ڕادەستکردن|ödeme tarihi",
  duration:
    "duration|duration s|duration sec|duration seconds|call duration|seconds|dauer|dauer sek|gesprächsdauer|durée|المدة|مدة المكالمة|مدت|مدت تماس|ماوە|ماوەی پەیوەندی|süre|arama süresi",
  direction: "direction|call direction|in out call|richtung|sens|الاتجاه|جهت|ئاراستە|yön",
  callType:
    "call type|service type|record type|usage type|type of call|art der verbindung|dienst|type d appel|نوع المكالمة|نوع تماس|جۆری پەیوەندی|arama türü",
  cell: "cell|cell id|first cell|start cell|site|cell site|cgi|ecgi|lac ci|funkzelle|startzelle|cellule|الخلية|سلول|خانە|baz istasyonu",
  endCell: "end cell|last cell|endzelle|dernière cellule|الخلية الأخيرة|son hücre",
  azimuth: "azimuth|bearing|azimut|richtwinkel|سمت",
  lat: "lat|latitude|breite|breitengrad|geo lat|خط العرض|عرض|عرض جغرافیایی|پانی|هێڵی پانی|enlem",
  lon: "lon|lng|long|longitude|länge|längengrad|geo lon|خط الطول|طول|طول جغرافیایی|درێژی|هێڵی درێژی|boylam",
  accuracy: "accuracy|accuracy m|genauigkeit|précision|الدقة|دقت|وردی|doğruluk",
  altitude: "altitude|elevation|höhe|الارتفاع|ارتفاع|بەرزی|yükseklik",
  place: "place|location|site name|where|ort|fundort|tatort|lieu|endroit|المكان|الموقع|مکان|محل|شوێن|جێگا|yer|konum|launch site|beach|port",
  plate:
    "plate|plate number|number plate|licence plate|license plate|registration|registration number|vrm|vrn|kennzeichen|plaque|immatriculation|رقم اللوحة|لوحة|پلاک|شماره پلاک|ژمارەی ئۆتۆمبێل|تابلۆ|plaka",
  camera: "camera|camera id|camera name|anpr site|kamera|caméra|الكاميرا|دوربین|کامێرا",
  heading: "heading|lane|direction of travel|fahrtrichtung|sens de circulation|المسار|مسیر|ئاڕاستەی ڕێگا|gidiş yönü",
  confidence: "confidence|read confidence|konfidenz|confiance|الثقة|اطمینان|متمانە|güven",
  hull: "hull|hull number|hin|win|cin|hull id|rumpfnummer|bootsnummer|numéro de coque|رقم البدن|شماره بدنه|ژمارەی بەلەم|tekne no|gövde no",
  engine:
    "engine|engine number|engine serial|motor number|motor serial|motornummer|motor nr|numéro de moteur|رقم المحرك|شماره موتور|ژمارەی بزوێنەر|motor no|motor seri no",
  make: "make|manufacturer|brand|marke|hersteller|marque|fabricant|الصانع|الماركة|سازنده|برند|مارکە|marka|üretici",
  model: "model|modell|modèle|الطراز|الموديل|مدل|مۆدێل",
  serial: "serial|serial number|serial no|seriennummer|numéro de série|الرقم التسلسلي|شماره سریال|ژمارەی زنجیرەیی|seri no|seri numarası",
  serialState: "serial state|serial condition|zustand der nummer|état du numéro|حالة الرقم|وضعیت سریال",
  what: "item|item type|what|object|article seized|type of item|seized item|gegenstand|asservat|objet|bien saisi|المضبوطات|الغرض المضبوط|المادة|کالا|شیء|مورد|کەلوپەل|شتومەک|eşya|el konulan",
  quantity: "quantity|qty|count|pieces|menge|anzahl|stück|quantité|nombre|الكمية|العدد|تعداد|ژمارە|دانە|adet",
  powerHp: "hp|horse power|horsepower|ps|power hp|leistung|chevaux|puissance|حصان|قوة المحرك|اسب بخار|هێزی ئەسپ|beygir gücü",
  lengthM: "length|length m|länge m|longueur|الطول بالمتر|طول قایق|درێژی بەلەم|uzunluk|boy",
  circumstances: "circumstances|details|sachverhalt|umstände|circonstances|الظروف|شرایط|هەلومەرج|koşullar|observation",
  legalPower: "legal power|power|authority|legal basis|rechtsgrundlage|base légale|السند القانوني|مبنای قانونی|بنەمای یاسایی|yasal dayanak",
  officer: "officer|seen by|observer|reporting officer|beamter|beobachter|agent|الضابط|مأمور|ئەفسەر|memur|witnessing officer",
  mrz: "mrz|machine readable zone|mrz lines",
  expiry:
    "expiry|expiry date|date of expiry|valid until|expires|gültig bis|ablaufdatum|date d expiration|تاريخ الانتهاء|تاریخ انقضا|بەرواری بەسەرچوون|son geçerlilik",
  outcome: "outcome|result|finding|examination result|ergebnis|befund|résultat|النتيجة|نتیجه|ئەنجام|sonuç|verdict",
  falseClass: "false class|forgery type|type of forgery|fälschungsart|type de faux|نوع التزوير|نوع جعل|جۆری ساختەکاری|sahtecilik türü",
  level: "level|examination level|prüfstufe|niveau|المستوى|سطح|ئاست|seviye",
  findings: "findings|examiner notes|feststellungen|constatations|الملاحظات الفنية|یافته ها|دۆزینەوەکان|bulgular",
  series: "series|document series|serie|série|السلسلة|سری|زنجیرە|seri",
  platform: "platform|network|app|service name|plattform|netzwerk|plateforme|réseau|المنصة|التطبيق|پلتفرم|شبکه|پلاتفۆرم|ئەپ|uygulama|ağ",
  url: "url|link|post url|post link|web address|lien|الرابط|پیوند|لینک|بەستەر|bağlantı",
  profileUrl: "profile|profile url|profile link|profil|profil url|الملف الشخصي|پروفایل|پرۆفایل",
  text: "text|body|message|content|post text|post|intelligence|report text|inhalt|nachricht|meldung|contenu|texte|النص|الرسالة|المحتوى|متن|پیام|محتوا|دەق|نامە|پەیام|metin|mesaj|içerik",
  caption: "caption|title|bildunterschrift|légende|التعليق|عنوان|ناونیشانی پۆست|başlık",
  reach: "views|reach|impressions|view count|aufrufe|reichweite|vues|portée|المشاهدات|بازدید|بینین|بینەر|görüntülenme",
  language: "language|lang|sprache|langue|اللغة|زبان|زمان نوشتار|زمان پۆست|dil",
  followers: "followers|follower count|abonnenten|abonnés|المتابعون|دنبال کنندگان|فۆڵۆوەر|شوێنکەوتوو|takipçi",
  displayName: "display name|shown name|profile name|anzeigename|nom affiché|اسم العرض|نام نمایشی|ناوی پیشاندراو|görünen ad",
  bio: "bio|about|biography|über|à propos|النبذة|بیو|دەربارە|hakkında",
  createdAt:
    "created|account created|joined|registered at|angelegt|erstellt am|créé le|تاريخ الإنشاء|تاریخ ایجاد|بەرواری دروستکردن|oluşturulma",
  carrier:
    "carrier|airline|operator|ferry company|fluggesellschaft|reederei|compagnie|الناقل|شركة الطيران|ایرلاین|شرکت حمل|هێڵی ئاسمانی|havayolu|taşıyıcı",
  service:
    "flight|flight no|flight number|sailing|voyage|train no|flugnummer|flug|vol|numéro de vol|رقم الرحلة|الرحلة|شماره پرواز|پرواز|ژمارەی گەشت|فڕین|uçuş|uçuş no|sefer",
  booking:
    "booking|booking reference|pnr|record locator|ticket|buchungsnummer|buchung|réservation|رقم الحجز|الحجز|شماره رزرو|ژمارەی حیجز|rezervasyon",
  origin:
    "origin|departure|departure place|departure port|from place|from city|abfahrt|abflug|abgangsort|départ|lieu de départ|origine|المغادرة|مكان الانطلاق|مبدأ|مبدا|شوێنی دەرچوون|kalkış|çıkış|country of origin",
  destination:
    "destination|arrival|arrival place|arrival port|to place|to city|ziel|ankunft|zielort|arrivée|الوجهة|الوصول|مقصد|شوێنی گەیشتن|varış|hedef",
  arrivedAt: "arrived|arrived at|arrival time|arrival date|ankunftszeit|heure d arrivée|وقت الوصول|زمان رسیدن|کاتی گەیشتن|varış saati",
  declaration:
    "declaration|declaration number|mrn|customs declaration|anmeldung|zollanmeldung|déclaration|رقم البيان|البيان الجمركي|اظهارنامه|شماره اظهارنامه|بەیانی گومرگی|beyanname",
  goods:
    "goods|goods description|description of goods|commodity|ware|warenbezeichnung|marchandise|désignation|البضاعة|وصف البضاعة|کالاها|شرح کالا|کاڵا|mal|eşya tanımı",
  hsCode: "hs code|hs|commodity code|tariff code|zolltarifnummer|warennummer|code sh|الرمز الجمركي|کد تعرفه|gtip",
  weight: "weight|weight kg|gross weight|net weight|gewicht|poids|الوزن|وزن|کێش|ağırlık",
  urn: "urn|report no|report number|report id|log number|meldungsnummer|berichtsnummer|numéro de rapport|رقم التقرير|شماره گزارش|ژمارەی ڕاپۆرت|rapor no",
  sourceGrade:
    "source evaluation|source grade|source reliability|source eval|quellenbewertung|évaluation de la source|تقييم المصدر|ارزیابی منبع|هەڵسەنگاندنی سەرچاوە|kaynak değerlendirmesi",
  informationGrade:
    "information evaluation|intelligence evaluation|information grade|information assessment|intelligence assessment|informationsbewertung|évaluation de l information|تقييم المعلومات|ارزیابی اطلاعات|هەڵسەنگاندنی زانیاری|bilgi değerlendirmesi",
  handling: "handling|handling code|handling conditions|dissemination code|weitergabe|diffusion|رمز التداول|کد انتشار|kullanım kodu",
  conditions: "conditions|restrictions|auflagen|restrictions d usage|شروط|محدودیت ها|مەرجەکان|koşul",
  interpreter: "interpreter|dolmetscher|interprète|المترجم|مترجم|وەرگێڕ|tercüman",
  voluntary: "voluntary|freely given|freiwillig|volontaire|طوعي|داوطلبانه|خۆبەخشانە|gönüllü",
  leg: "leg|leg no|etappe|étape|المرحلة|مرحله|قۆناغ|etap|stage no",
  means:
    "means|transport|means of transport|transportmittel|verkehrsmittel|moyen de transport|وسيلة النقل|وسیله نقلیه|هۆکاری گواستنەوە|ulaşım aracı|vessel",
  people:
    "people|persons|passengers|pax|number of people|personen|personnes|عدد الأشخاص|الركاب|تعداد نفرات|نفرات|ژمارەی کەسەکان|kişi sayısı|kişi|migrants",
  attempt: "attempt|attempt no|versuch|tentative|المحاولة|تلاش|هەوڵ|deneme",
  escrow: "escrow|money held by|guarantor office|hinterlegt bei|مودع لدى|امانت نزد|لای کێ دانراوە|emanetçi",
  event: "event|event type|incident|incident type|what happened|ereignis|vorfall|événement|الحدث|الحادث|رویداد|حادثه|ڕووداو|olay",
  summary: "summary|event description|zusammenfassung|résumé|الملخص|خلاصه|پوختە|özet",
  answered: "answered|angenommen|répondu|تم الرد|پاسخ داده شد|وەڵامدراوە|cevaplandı",
} as const

export type Concept = keyof typeof CONCEPTS

/** Words that say whose value a column holds. `from` and `to` take the part that the kind gives them. */
export const ROLES = {
  caller:
    "caller|calling|calling party|calling number|a number|a party|a subscriber|originating|originating number|anrufer|a teilnehmer|a rufnummer|rufnummer a|appelant|المتصل|تماس گیرنده|پەیوەندیکار|پەیوەندیکەر|arayan",
  callee:
    "callee|called|called party|called number|dialled|dialled number|dialed number|b number|b party|b subscriber|terminating|receiver number|angerufener|b teilnehmer|b rufnummer|rufnummer b|gewählte rufnummer|appelé|المتصل به|المتلقي|تماس گرفته شده|پەیوەندی پێکراو|aranan",
  sender: "sender|remitter|absender|expéditeur|المرسل|فرستنده|نێرەر|gönderen",
  recipient: "recipient|receiver|empfänger|destinataire|المستلم|المرسل إليه|گیرنده|وەرگر|alıcı|alan",
  payer:
    "payer|debtor|originator|ordering customer|debit account|auftraggeber|zahler|zahlungspflichtiger|donneur d ordre|débiteur|payeur|الدافع|المحول|پرداخت کننده|حواله دهنده|پارەدەر|ödeyen|havale eden",
  payee:
    "payee|creditor|beneficiary|counterparty|credit account|begünstigter|zahlungsempfänger|bénéficiaire|créancier|المستفيد|ذینفع|دریافت کننده|سوودمەند|پارە وەرگر|lehtar|faydalanan|alacaklı",
  outlet:
    "outlet|exchange office|office|sarraf|saraf|exchange|hawaladar|agent office|wechselstube|filiale|bureau de change|مكتب الصرافة|الصراف|المكتب|صرافی|صراف|نووسینگە|سەڕاف|ئۆفیس|döviz bürosu|sarraf adı",
  counterOutlet:
    "counter outlet|counter office|correspondent|other office|partner office|gegenstelle|correspondant|المكتب المقابل|الوكيل|صرافی مقابل|طرف حساب|نووسینگەی بەرامبەر|karşı ofis|muhabir",
  guarantor: "guarantor|bürge|garant|الكفيل|الضامن|ضامن|کەفیل|kefil",
  accountHolder:
    "account holder|customer|client|kontoinhaber|kunde|titulaire|صاحب الحساب|الزبون|العميل|صاحب حساب|مشتری|خاوەن هەژمار|کڕیار|hesap sahibi|müşteri",
  holder: "holder|document holder|bearer|inhaber|porteur|حامل الوثيقة|الحامل|دارنده|هەڵگر|hamili",
  supplier:
    "supplier|seller|dealer|lieferant|händler|fournisseur|vendeur|المورد|البائع|تامین کننده|فروشنده|دابینکەر|فرۆشیار|tedarikçi|satıcı",
  consignor:
    "consignor|shipper|exporter|versender|ausführer|expéditeur des marchandises|الشاحن|المصدر|صادرکننده|نێرەری کاڵا|gönderici|ihracatçı",
  consignee:
    "consignee|importer|empfänger der ware|einführer|destinataire des marchandises|المرسل إليه البضاعة|المستورد|واردکننده|وەرگری کاڵا|ithalatçı",
  driver: "driver|fahrer|conducteur|chauffeur|السائق|راننده|شوفێر|şoför|sürücü",
  passenger: "passenger|traveller|traveler|reisender|passagier|passager|voyageur|المسافر|الراكب|مسافر|گەشتیار|نەفەر|yolcu",
  pilot: "pilot|skipper|steersman|bootsführer|pilote|الربان|ناخدا|سکاندار|کاپتن|kaptan",
  author: "author|poster|posted by|channel|autor|verfasser|auteur|الكاتب|الناشر|نویسنده|نووسەر|پۆستکەر|yazar|paylaşan",
  subject:
    "subject|suspect|nominal|person of interest|betroffener|verdächtiger|personne concernée|suspect concerné|المشتبه به|موضوع|مظنون|گومانلێکراو|şüpheli|kişi adı",
  associate: "associate|associated person|kontaktperson|associé|المرافق|همکار|هاوکار|bağlantılı kişi",
  owner: "owner|registered owner|halter|eigentümer|propriétaire|المالك|مالک|خاوەن|sahibi",
  from: "from|source|src|orig|von|de|من|از|لە|kimden|from account|source node",
  to: "to|target|dest|dst|an|nach|à|vers|إلى|الى|به|بۆ|kime|to account|target node",
} as const

export type Role = keyof typeof ROLES

/** Lower case, no accents, one Arabic spelling, words split at capitals, signs and digits' edges. */
export function foldHeader(header: string): string {
  return header
    .normalize("NFKC")
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640\u200b-\u200f]/g, "")
    .replace(/ı/g, "i")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/[يىې]/g, "ی")
    .replace(/ك/g, "ک")
    .replace(/[ةەھ]/g, "ه")
    .replace(/[^\p{L}\p{N}%]+/gu, " ")
    .trim()
}

function lexiconOf<K extends string>(table: Record<K, string>): Map<string, K> {
  const lexicon = new Map<string, K>()
  for (const key of Object.keys(table) as K[])
    for (const phrase of table[key].split("|")) if (!lexicon.has(foldHeader(phrase))) lexicon.set(foldHeader(phrase), key)
  return lexicon
}

export const CONCEPT_OF: ReadonlyMap<string, Concept> = lexiconOf<Concept>(CONCEPTS)
export const ROLE_OF: ReadonlyMap<string, Role> = lexiconOf<Role>(ROLES)
