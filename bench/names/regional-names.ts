/**
 * Names of five languages of the region with spellings that are met: those in Arabic letters, a semicolon, those in Latin letters. `_` stands for
 * a space within a name. By hand, from general knowledge, before any rule was tried on them; none stands in `people.ts`. Half of them, by a
 * hash, may be looked at (`regional.ts`).
 */
export const REGIONAL_NAMES: Readonly<Record<string, string>> = {
  kurdish: `
هەڵۆ هلو ; Halo Helo Hallo
ئارەزوو ارزو ; Arazoo Arezû Arazu
بێستوون بیستون ; Beston Bêstûn Bestoon
چیا چيا ; Chia Çiya Chiya
دەروون درون ; Daroon Derûn Darun
دڵسۆز دلسوز ; Dilsoz Dlsoz Delsoz
دیدار ديدار ; Didar Dîdar Deedar
هەستیار هستيار ; Hastyar Hestiyar Hastiar
هەتاو هتاو ; Hataw Hetaw Hatau
هۆگر هوگر ; Hogir Hoger Hogr
کەژاڵ کژال ; Kazhal Kejal Kajal
کۆچەر کوچر ; Kochar Koçer Kocher
میدیا ميديا ; Midya Media Mîdya
نازدار نازدار ; Nazdar Nasdar
نیان نيان ; Nyan Nian Niyan
پەیڤ بيف ; Payv Peyv Paiv
ڕاپەڕین رابرين ; Raparin Raperîn Rapareen
سەرهەنگ سرهنك ; Sarhang Serheng
شەنە شنه ; Shana Şene Shene
شەیدا شيدا ; Shaida Şeyda Sheyda
تەوار توار ; Tawar Tewar Tauar
ڤیان فيان ; Vian Viyan Vîyan
وریا وريا ; Wrya Wirya Warya
یەکتا یکتا ; Yakta Yekta
زەنوێر زنوير ; Zanwer Zenwêr Zanwir
ژاکاو زاكاو ; Zhakaw Jakaw
بەناز بناز ; Banaz Benaz
سۆزان سوزان ; Sozan Suzan Soozan
پشکۆ بشكو ; Pshko Pishko Pişko
ئەستێرە استيره ; Astera Estêre Asteera
هێرش هيرش ; Hersh Hêriş Heresh
`,
  arabic: `
أنمار ئەنمار ; Anmar Enmar Anmaar
غيث غەیس ; Ghaith Gaith Ghayth Gheith
قحطان قەحتان ; Qahtan Kahtan Qahtaan
لؤي لوئەی ; Luay Loay Louai Louay
مثنى موسەننا ; Muthanna Mothana Mouthanna
منتصر مونتەسیر ; Muntasir Montaser Mountassir
نعمان نوعمان ; Numan Noman Nouman Nu'man
هيثم هەیسەم ; Haitham Haytham Haissam Heisem
وائل وائیل ; Wael Wail Ouael
يزن یەزەن ; Yazan Yezen Yazen
ضياء زیا ; Dia Diya Dhiya Ziya Diaa
ظافر زافیر ; Dhafer Thafer Zafer Dhafir
عبيدة عوبێدە ; Obeida Ubaida Ubaydah Obaida
عقيل عەقیل ; Aqeel Akil Aqil
غفران غوفران ; Ghufran Ghofran Gofran
فراس فیراس ; Firas Feras Firass
قتيبة قوتەیبە ; Qutaiba Kutaiba Qutaybah
مهند موهەنەد ; Muhannad Mohanad Mouhanad
نوف نووف ; Nouf Noof Nuf
هناء هەنا ; Hana Hanaa Hanae
وسن وەسەن ; Wasan Wesen Wassan
صهيب سوهەیب ; Suhaib Sohaib Souhaib
خزعل خەزعەل ; Khazal Khaz'al Khazaal
حذيفة حوزەیفە ; Hudhaifa Huthaifa Houdaifa Huzaifa
جاسر جاسر ; Jasir Jasser Gasser Djasser
طلال تەلال ; Talal Tallal
إسراء ئیسرا ; Israa Esraa Isra
ميسون مەیسوون ; Maysoon Maysun Maisoon Meissoun
عبد_المنعم عەبدولمونعیم ; Abdulmunim Abdel_Moneim Abdelmonem Abd_al-Mun'im
عبد_الحكيم عەبدولحەکیم ; Abdulhakim Abdel_Hakim Abdulhakeem Abd_al-Hakim
ضياء_الدين زیائەدین ; Diauddin Diaa_Eldin Ziauddin Dhia_al-Din
حسام_الدين حوسامەدین ; Husam_al-Din Hossam_Eldin Houssam_Eddine Hussamuddin
`,
  persian: `
آرش ارش ; Arash Arasch
بابک بابك ; Babak Babek
بهزاد بێهزاد ; Behzad Bihzad Behzaad
پوریا بوريا ; Pouria Pooria Puriya Pourya
پرویز برويز ; Parviz Parwiz Perviz Pervaiz
دلاور ديلاور ; Delawar Dilawar Delavar
روزبه ; Roozbeh Ruzbeh Rouzbeh
ژاله جاله ; Zhaleh Jaleh Jale
سپیده سبيده ; Sepideh Sepida Sepide
سیما سيما ; Sima Seema
شکیلا شكيلا ; Shakila Shakeela Schakila
غلامرضا غلام_رضا ; Gholamreza Gholam_Reza Ghulam_Reza
فرشته فرشتة ; Fereshteh Fereshta Freshta
فریبا فريبا ; Fariba Faryba
قربان قوربان ; Qorban Ghorban Qurban Kurban
قنبر قەنبەر ; Qanbar Ghanbar Kanbar
کبری كبرى ; Kobra Kubra Kobraa
مهرداد ; Mehrdad Mihrdad
مژگان مزكان ; Mozhgan Mojgan Mujgan
نجیب‌الله نجيب_الله ; Najibullah Najib_Ullah Nadjibullah
نوید نويد ; Navid Nawid Naweed
زلمی زلمي ; Zalmai Zalmay Salmai
سهیلا سهيلا ; Soheila Suhaila Sohaila
`,
  pashto: `
توریالی توريالي ; Toryalai Turyalai Toryali
زرغونه زرغونة ; Zarghuna Zarghona Sarghuna
میرویس ميرويس ; Mirwais Mirwaiss Mirvais
ننګیالی ننگیالی ; Nangyalai Nangialai Nangyali
هیواد هيواد ; Hewad Hiwad Hevad
وږمه ; Wagma Wazhma Wajma
ګلالۍ گلالی ; Gulalai Golalai Gulalay
پلوشه بلوشة ; Palwasha Palwesha Palvasha
ملالۍ ملالی ; Malalai Malalay
اجمل أجمل ; Ajmal Adjmal Ejmel
احسان‌الله احسان_الله ; Ehsanullah Ihsanullah Ehsan_Ullah
خوشحال ; Khushal Khoshal Khushhal
گلبدین كلبدين ; Gulbuddin Golbuddin Gulbadin
ایمل ايمل ; Aimal Aymal Emal
زمری زمري ; Zmarai Zamarai
`,
  turkish: `
چاغاتای ; Çağatay Cagatay
گوکهان كوكهان ; Gökhan Gokhan Goekhan
شوکرو شكرو ; Şükrü Shukru Sukru
یلدیز يلديز ; Yıldız Yildiz
توغجه ; Tuğçe Tugce Tugche
اوزگور اوزكور ; Özgür Ozgur Oezguer
جنگیز جنكيز ; Cengiz Djengiz Jengiz
چتین جتين ; Çetin Cetin Chetin
ارطغرل ; Ertuğrul Ertugrul
گلشن كلشن ; Gülşen Gulshen Gulsen
ایلکنور ; İlknur Ilknur
ولکان فولكان ; Volkan Wolkan
یاغمور ياغمور ; Yağmur Yagmur
زبیده زبيدة ; Zübeyde Zubeyde Zubaida
کیوانچ ; Kıvanç Kivanc Kivanch
دوغان ; Doğan Dogan
`,
}
