/**
 * Forms of one name, a name a line: full forms, and after a semicolon short and pet forms, which stand for the full one now and then.
 * The first block are names of Kurds, Arabs, Persians and Turks, the second those of Europe with their everyday short forms. What
 * stands on two lines is two names, however alike they sound: Kamal is not Jamal. Spellings that the rules of sounds bring together
 * anyhow are left out. Compiled by hand from general knowledge of the languages; no list of anybody's was taken over.
 */
export const FORMS = `
mohammed muhammad mohamed mohamad muhammed mohammad mehmed mehmet mihemed mamed muhamet mohamud mohd muhamad maxamed محمد موحەممەد محەمەد مەحەمەد ; hama heme hamo hame hamma hemo md mhd muh moh حەمە حمە
ahmed ahmad ehmed achmed ahmet akhmed axmed احمد ئەحمەد ; ahma ehme ehmo ئەحە ئەحمە
mahmoud mahmud mehmud maxmud mahmood محمود مەحموود مەحمود ; mehmo
hamid hemid حمید حەمید
hamid حامد حامید
hamad hemed حمد حەمەد
hamud hamoud حمود
hamdi حمدی حەمدی
hamza hemze حمزە حەمزە
abdullah abdulla evdila abdallah abdoullah abdellah cabdullahi abdollah عبدالله عەبدوڵڵا عەبدوڵا ; abdo abdi evdo abo abe abdul ebdo عەبە عەبدۆ
abdulrahman abdurrahman abdelrahman evdirehman abdorrahman عبدالرحمن عەبدولڕەحمان عەبدوڕەحمان ; rahman ڕەحمان رحمن
abdulrahim abdurrahim عبدالرحیم عەبدولڕەحیم
abdulkarim abdelkarim عبدالکریم عەبدولکەریم
abdulaziz abdelaziz عبدالعزیز عەبدولعەزیز
abdulqadir abdelkader abdulkadir abdikadir عبدالقادر عەبدولقادر ; qado qadir
abdulhamid عبدالحمید ; abduhamit
abdulsalam abdessalam عبدالسلام عەبدولسەلام
abduljabbar عبدالجبار عەبدولجەبار
abdulwahid عبدالواحد عەبدولواحید
abdulwahab abdelwahab عبدالوهاب عەبدولوەهاب
abdulmajid abdelmajid عبدالمجید
abdullatif abdellatif عبداللطیف عەبدوللەتیف
abdulghafur abdulghaffar عبدالغفور
abdulbaqi عبدالباقی
abdulkhaliq عبدالخالق
abdulsattar عبدالستار
abdulrazzaq abderrazak عبدالرزاق عەبدولڕەزاق
omar umar omer عمر عومەر ; omo umo
amar ammar عمار عەمار
amr amro عمرو
amir emir امیر ئەمیر
amir عامر
othman osman usman uthman ottman cismaan عثمان عوسمان ; osko wesman oso
hussein husain hossein hussain huseyin hisen husein xuseen حسین حوسێن حسێن ; hisso husso حسۆ حسە
hassan hasan hesen xasan حسن حەسەن ; hesso hasso حەسە
husni حسنی حوسنی
hassun حسون
ihsan ehsan احسان ئیحسان
ibrahim ebrahim abraham brahim ibrahem ibraheem ابراهیم ئیبراهیم ; bro ibo brayim برایم برۆ
mustafa mostafa mistefa moustapha mustapha mostapha مصطفی مستەفا ; misto musto mista مستە
murtaza murtada murteza mortaza مرتضی مورتەزا
ali aly elî cali علی عەلی ; alo elo
alia aliya عالیە عالیا
rasul rasoul resul resoul رسول ڕەسوڵ رەسوڵ ; rasa resho ڕەشە
ramadan ramazan ramadhan remezan رمضان ڕەمەزان ; remo
rajab recep rajap receb رجب ڕەجەب
shaban shaaban saban شعبان شەعبان
jumaa juma cuma jomaa jumah djouma جمعە جمعه جومعە
safar sefer سفر سەفەر
khadija xecice khadijah hatice khadije خدیجە خەدیجە ; khaja xecê خەجە خەج
aisha aysha ayşe ayisha aicha aishe عائشە عایشە عائیشە عایشە ; aysho eyşo
fatima fatimah fatma fateme fatme fatemeh فاطمە فاتمە ; fata fato فاتە
zahra zehra zohra zahraa زهراء زهرا زەهرا
zainab zeynep zaynab zeineb zeyneb زینب زەینەب ; zeno
maryam mariam meryem miriam maryem مریم مەریەم
amina amine emine amineh امینە ئامینە ئەمینە
amin emin امین ئەمین
ayman ایمن ئەیمەن
asma esma اسماء اسما ئەسما
halima halime حلیمە حەلیمە
salima سلیمە
salma selma سلمی سەلما
rabia rabiha رابعە
sabiha sabihe صبیحە سەبیحە
najiba نجیبە
yusuf yousif yousef youssef joseph yusif josef jussuf yousuf یوسف یوسف ; joe usif joey
yunus younis younes yunis jonas یونس یونس
yaqub yakoub jakob jacob yaaqoub yakup یعقوب یەعقوب ; jake
yahya yehya yahia یحیی یەحیا
yasin yassin yasen یاسین
yasir yasser yaser یاسر یاسر
ismail ismael ismaeel esmail smail اسماعیل ئیسماعیل ; simko smko simo سمایل
ishaq isaac ishak اسحاق ئیسحاق
isa issa eisa عیسی عیسا
musa moussa mousa موسی مووسا
dawud daud davud dawood david داود داوود ; dawo dave davy
sulaiman suleiman sulayman silêman suleyman solomon soleiman سلیمان سلێمان سولەیمان ; silo slo
salman selman سلمان سەلمان
salim salem سالم سالم
salim selim saleem سلیم سەلیم
salam selam سلام سەلام
salah selah صلاح سەلاح
salahaddin salahuddin selahaddin صلاح‌الدین صلاحالدین سەلاحەدین سەڵاحەدین
salih saleh salah صالح ساڵح ساڵەح
sultan soltan سلطان سوڵتان
kamal kemal کمال کەمال
kamil کامل کامیل
karam kerem کرم کەرەم
karim kareem kerim kerîm کریم کەریم
akram ekrem اکرم ئەکرەم
karima کریمە کەریمە
jamal cemal djamel jamaal جمال جەمال
jamil cemil djamil جمیل جەمیل
jamila cemile جمیلە جەمیلە
jalal celal djalal جلال جەلال
jalil جلیل جەلیل
rahim raheem rehim رحیم ڕەحیم
rahma rehme رحمە ڕەحمە
halim haleem حلیم حەلیم
hakim حکیم حەکیم
hashim haşim هاشم هاشم
majid majeed mejid mecid مجید مەجید
majid maged ماجد ماجید
amjad emced امجد ئەمجەد
rashid rasheed reşid رشید ڕەشید
rashad ershad رشاد
khalid khaled xalid halit خالد خالید
khalil halil xelil خلیل خەلیل ; xelo
khalaf خلف خەلەف
walid waleed welid ولید وەلید
wali weli ولی وەلی
samir sameer semir سمیر سەمیر
samir samer سامر
sami سامی
samira سمیرە سەمیرە
sabir saber صابر سابیر
sabri صبری سەبری
sabah صباح سەباح
habib حبیب حەبیب
mahbub محبوب مەحبوب
mahdi mehdi مهدی مەهدی
hadi هادی
hani هانی
nabil نبیل نەبیل
nabi نبی نەبی
najib necib nadjib نجیب نەجیب
najm نجم نەجم
najmaddin نجم‌الدین نجمالدین نەجمەدین ; najo
nasir nasser naser ناصر ناسر
nasrin nesrin نسرین نەسرین
nazim ناظم نازم
nazir نظیر نەزیر
nadir nader نادر نادر
nadia نادیە نادیا
nuri nouri نوری نووری
nuraddin noureddine نورالدین نورەدین نوورەدین
nizar نزار نیزار
nazar نظر
nawzad nevzat نوزاد نەوزاد
nawroz newroz نوروز نەورۆز
nariman نریمان نەریمان
nechirvan nichirvan nejirvan نچیرڤان نێچیرڤان نيجيرفان
masoud mesud massoud مسعود مەسعوود مەسعود
said saeed saed سعید سەعید
saad sad سعد سەعد
saadi sadi سعدی سەعدی
saadun سعدون سەعدوون
sajad sajjad سجاد سەجاد
sadiq sadegh sadik صادق سادق
siddiq sediq صدیق سدیق
saddam صدام سەدام
sardar serdar سردار سەردار
sarkawt serkeft serkewt سرکوت سەرکەوت
sarbast serbest سربست سەربەست
sarhad serhat سرحد سەرحەد
sarwar سرور سەروەر
sherzad şêrzad شیرزاد شێرزاد
sherko şêrko شیرکو شێرکۆ
sherwan şêrwan شیروان شێروان
shwan shvan şwan شوان
shirin şîrîn شیرین
shilan şîlan شیلان
shahin şahin chahine شاهین
shaho شاهۆ شاهو
shahram شهرام
shukri شکری شوکری
shakir شاکر
shamal شمال شەماڵ
shamsaddin شمس‌الدین شمسالدین شەمسەدین
sharif şerif cherif شریف شەریف
jabbar cabbar جبار جەبار
jabir جابر
jafar cafer jaafar جعفر جەعفەر
jasim qasim جاسم جاسم
qasim kasim kassem قاسم قاسم
jihad cihad جهاد جیهاد
jwan ciwan جوان ژوان
jino jîno zhino zheno ژینۆ
jiyan jian ژیان
hiwa hîwa هیوا
hawa حواء حەوا
hemin hêmin hemn هیمن هێمن
hiresh hêrş هێرش هیرش
hawkar هاوکار
hawar هاوار
hoshyar huşyar hoşyar هوشیار هۆشیار
hoshang هوشنگ هۆشەنگ
heja hêja هەژا
hejar hazhar هژار هەژار
halo هەڵۆ هلو
halmat هەڵمەت
hardi هەردی
haval heval هڤال هەڤاڵ
handren هەندرێن
haydar heyder حیدر حەیدەر
bahar behar بهار بەهار
bahman بهمن بەهمەن
bahroz بهروز بەهرۆز
bakr bekir abubakir abubakr بکر بەکر
bakhtiar بختیار بەختیار ; baxo
baran باران
barham berhem برهم بەرهەم
barzan برزان بەرزان
baram bahram بهرام بەهرام
bashar بشار
bashir beşir بشیر بەشیر
bawan باوان
bayan بیان بەیان
beston bêstûn بێستوون بیستون
bilal belal بلال بیلال
biryar بریار بڕیار
botan بۆتان
burhan بورهان برهان
cheman چیمەن
chia چیا
chinar چنار چنار
chnur چنور چنوور
dana دانا
dara دارا
daryan داریان
darya دریا دەریا
dashti دەشتی
dilan دیلان
dilshad dilşad دلشاد
dilsoz دلسۆز
dler dilêr دلیر دلێر
diyar دیار
diyako دیاکۆ
ako ئاکۆ
aso ئاسۆ
akam ئاکام
aram ئارام ارام
arman ئارمان
arian aryan ئاریان
aras ئاراس
ari ئاری
arsalan ارسلان ئەرسەلان
ashti aştî ئاشتی
avan ئەڤین
avin evin ئاوێن
awat ئاوات
azad ازاد آزاد ئازاد
aziz عزیز عەزیز
aziza عزیزە عەزیزە
azar ئازەر
azhi ئاژی
azhin ئەژین
anwar enwer enver انور ئەنوەر
adham ادهم ئەدهەم
adil adel عادل عادیل
adnan عدنان عەدنان
alan ئالان
asad esad اسد ئەسەد
asaad esat es'ad اسعد ئەسعەد
ashraf eşref اشرف ئەشرەف
arif aref عارف عارف
asif آصف
atta ata عطا عەتا
ayub eyüp ayoub ایوب ئەیوب
abbas عباس عەباس
badr بدر بەدر
badria بدریە بەدریە
falah فلاح
farid ferid فرید فەرید
faris فارس
farhad ferhat فرهاد فەرهاد
farhan فرحان فەرحان
faruq farouk faruk فاروق فاروق
faisal feysel فیصل فەیسەڵ
fawzi feyzi فوزی فەوزی
fuad fouad فؤاد فوئاد فواد
fazil fadil fadel فاضل فازل
fryad feryad فریاد
frishta فریشتە
galawezh گەلاوێژ
garmian گەرمیان
ghafur gafur غفور غەفوور
ghazi gazi غازی
ghalib غالب
gona گۆنا
goran گۆران گوران
gulala گوڵاڵە
gulistan gülistan گوڵستان
hana هەنا
hero hêro هێرۆ
idris edris ادریس ئیدریس
ilham ئیلهام الهام
imad emad عماد عیماد
iman ایمان ئیمان
iqbal ikbal اقبال ئیقبال
irfan erfan عرفان عیرفان
jaza جەزا
kamaran kameran کامران کامەران
karwan kerwan کاروان
karzan کارزان
kawa kaveh kawe کاوە
kazim kadhim kadim kathim kadem کاظم کازم
khabat xebat خەبات خبات
khanda خەندە
khasro khosrow xesrew خەسرەو خسرو
khurshid خورشید
kosar kosar کۆسار
kochar kocher کۆچەر
kurdo کوردۆ
kurdistan کوردستان
kwestan کوێستان
lana لانا
lanja لەنجە
lara لارا
lawand levent لەوەند
lazgin لەزگین
latif لطیف لەتیف
latifa لطیفە لەتیفە
leyla layla laila ليلى لەیلا لیلی
malik مالک مالیک
manaf مناف
mansur mansour mensur منصور مەنسور
marwan merwan مروان مەروان
mariwan meriwan مریوان مەریوان
maqsud مقصود
mazlum mazloum مظلوم مەزڵووم
mahwash مەهوەش
media میدیا
mihraban mehraban میهرەبان
miran mîran میران
muhsin mohsen محسن موحسین
mukhtar مختار موختار
munir منیر مونیر
murad mirad مراد موراد
mushir مشیر موشیر
muslim مسلم موسلیم
mutasim معتصم
muzaffar مظفر موزەفەر
nihad nehad نهاد نیهاد
nihal نیهال
nali نالی
namo نەمۆ
nasih ناصح
niyaz نیاز
nigar نیگار نگار
nian نیان
osama usama usame اسامە ئوسامە
parwin pervin پروین پەروین
parwana پەروانە
parzhin پەرژین
payam پەیام
payman پەیمان پیمان
pishtiwan پشتیوان
peshraw پێشڕەو پیشرو
peshawa پێشەوا
pola پۆلا
qadir qader kadir قادر قادر
qadri قدری
qaiser قیصر
rabar rêber ڕابەر
raber رەهبەر رهبر
rafiq refik رفیق ڕەفیق
raghad رغد
ranj ڕەنج رنج
ranja رەنجا
rana رعنا ڕانا
rasti ڕاستی
rauf raouf رؤوف رەئوف ڕەئووف
rawa ڕەوا
rawand revend ڕەوەند
rawezh ڕاوێژ
raz ڕاز
rezan ڕێزان
rebaz rêbaz ڕێباز ریباز
rebin rêbîn ڕێبین
rebwar rêbwar ڕێبوار ریبوار
rekan ڕێکان
rekawt rêkewt ڕێکەوت
reza riza rida رضا ڕەزا
riyad riaz ریاض
rizgar ڕزگار رزگار
roj rozh ڕۆژ
rojin rozhin ڕۆژین
rojgar rozhgar ڕۆژگار
rojhat ڕۆژهات
rostam rustem رستم ڕۆستەم
rozha ڕۆژا
rubar ڕووبار
rukhsar ڕوخسار
runak ڕووناک
sabat سەبات
safin سفین سەفین
safa صفا سەفا
saman سامان
samal ساماڵ
samand سەمەند
sana سەنا ثناء سناء
sangar سەنگەر سنگر
sara sarah سارا سارە
sarkar سەرکار
saro سارۆ
sayran سەیران
shad شاد
shadan شادان
shadi شادی
shahla شەهلا شهلا
shaima شەیما شیماء
shakar شەکر
shanaz shahnaz شهناز شەهناز
shapol شەپۆل
shayan شایان
shler شلێر
shno شنۆ
shokhan شۆخان
shorsh şoreş شۆڕش
sina سینا
sirwan sîrwan سیروان
sivan siwan سیڤان
siamand سیامەند
snur سنوور
soran سۆران سوران
sozan سۆزان
soz سۆز
suad سعاد سوعاد
sumaya سمیە سومەیە
taha طە تاها
tahir taher طاهر تاهیر
tahsin تحسین تەحسین
talib talab طالب تالیب
tara تارا
tariq tarek tarik طارق تاریق
tavga تاڤگە
tawfiq tofiq tevfik توفیق تەوفیق تۆفیق
tayyib tayeb طیب تەیب
waad وعد
wafa وفاء وەفا
wahid واحد
wissam wisam وسام
wrya warya وریا
yad یاد
yara یارا
zahir ظاهر زاهیر
zaid zayd زید زەید
zaki زکی زەکی
zakaria zekeriya زکریا زەکەریا
zana زانا
zanyar زانیار
zara زارا
zardasht زەردەشت
zaryan زریان
zein زین
zhala ژالە
zhila ژیلا
zhyar ژیار
zilan زیلان
zirak زیرەک
zirar ضرار
zubair زبیر زوبەیر
ferman فەرمان فرمان
firat فرات
fikret فیکرەت
kawthar کوثر
khidir xidir khadr خضر خدر
luqman لقمان لوقمان
mamand مامەند
mamo مەمۆ
mir میر
mzgin mizgin مزگین
nazdar نازدار
naz ناز
nazanin نازەنین
niga نیگا
pakhshan پەخشان
qabil قابیل
qubad قوباد قباد
rahand ڕەهەند
sabriya صبریە
saifaddin سیف‌الدین سیفالدین سەیفەدین
jamaladdin جمال‌الدین جمالالدین جەمالەدین
kamaladdin کمال‌الدین کمالالدین کەمالەدین
badraddin بدرالدین بەدرەدین
fakhraddin فخرالدین فەخرەدین
izzaddin عزالدین عیزەدین
muhyaddin محیی‌الدین محیالدین موحیەدین
nasraddin نصرالدین نەسرەدین
jalaladdin جلال‌الدین جلالالدین جەلالەدین
shahabaddin شهاب‌الدین شهابالدین شەهابەدین
alaaddin علاءالدین علاالدین عەلائەدین
hayraddin خیرالدین خەیرەدین
fathullah فتح‌الله فتحاللە فتحالله فەتحوڵڵا
nasrullah نصرالله نەسروڵڵا
habibullah حبیبالله حەبیبوڵڵا
rahmatullah رحمتالله
hikmat hikmet حکمت حیکمەت
hishmat حشمت
hidayat hidayet هدایت هیدایەت
izzat izzet عزت عیزەت
ismat عصمت عیسمەت
nashat نشأت نەشئەت
rifat رفعت ڕیفعەت
shawkat şevket شوکت شەوکەت
talat طلعت تەلعەت
bahjat behcet بهجت بەهجەت
mehran مهران میهران
milad میلاد
omid umid ümit امید ئومێد
orhan
parsa پارسا
pouya پویا
ramin رامین
ruhollah روح‌الله روحالله
siavash سیاوش سیاوەش
sohrab سهراب سۆهراب
vahid وحید وەحید
kourosh کوروش
javad cevad جواد جەواد
zahed زاهد زاهید
behnam بهنام بێهنام
dariush داریوش
farzad فرزاد فەرزاد
khamis خمیس
muqtada مقتدی
nuha نهی
huda hoda هدی هودا
sundus سندس
qusay قصی
uday عدی
alexander aleksandr alejandro alessandro oleksandr aleksander aljaksandr александр ; alex sasha sascha sacha alec aleks lex alejo sandro
abigail ; abby
albert ; bert bertie
alexandra aleksandra alessandra ; alex sasha sandra
alexei aleksey alexey oleksiy алексей ; alyosha alexis
alfred ; alf alfie fred
amanda ; mandy
andrew andrei andrey andreas andrea andre andrzej andres andrej ; andy drew
angela ; angie
anthony antonio anton antoine ; tony toni
arthur arturo artur ; art artie
barack ; barry
barbara ; barb barbie babs
barnaby
benjamin binyamin ; ben benny benji
bernard ; bernie
boris
bartholomew ; bart
calvin ; cal
caroline ; carrie
catherine katherine kathryn katharina ekaterina katarina yekaterina ; kate katie cathy kathy katya kitty
charles carlos karl carl carlo karel ; charlie chuck chas
charlotte ; lottie
christian cristiano kristian ; chris
christopher christoph christophe ; chris topher
christina kristina cristina ; tina chris chrissy
clifford ; cliff
curtis ; curt
cynthia ; cindy
daniel daniil danilo ; dan danny
deborah ; debbie deb
dennis ; denny
dmitri dmitry dimitri dmytro dimitrios ; dima mitya
donald ; don donnie
dorothy dorothea ; dolly dot dottie
douglas ; doug
edith ; edie
edmund ; ned
edward eduardo edouard eduard ; ed eddie ted ned
eleanor ; ellie nell
elizabeth elisabeth elizaveta isabel ; liz beth betty lisa eliza lizzie libby betsy
emmanuel manuel emanuel ; manny manolo
ernest ; ernie
eugene yevgeny evgeny evgeni eugenio ; gene zhenya
florence ; flo
frances ; fran frannie
francis francisco francesco francois franz frank ; frank paco pancho fran
franklin ; frank
frederick frederik fredrick ; fred freddy rick
friedrich fredrich ; fritz
gabriel ; gabe
george georg georges jorge giorgio georgi georgy yuri jurgen ; georgie
gerald gerard gerhard ; gerry jerry
geraldine ; gerry
gilbert ; gil
gordon ; gordie
gregory grigory gregor ; greg grisha
gwendolyn ; gwen
harold ; harry hal
harriet ; hattie
helen ; nell
henry heinrich henri enrique enrico hendrik ; harry hank heinz
herbert ; herb bert
howard ; howie
hubert ; bert
igor ihor
ivan
jacqueline ; jackie
james jaime ; jim jimmy jamie
janet ; jan
jeffrey geoffrey ; jeff geoff
jennifer ; jen jenny
jeremy ; jerry
jessica ; jess
john johann johannes juan jean giovanni joao jan ; jack johnny hans
jonathan ; jon
jose
josephine ; josie
joshua ; josh
judith ; judy
katrin
kenneth ; ken kenny
kim
kimberly ; kim
lawrence laurence lorenzo laurent ; larry
leonard leonardo leonid ; leo lenny
leslie ; les
lester ; les
lewis louis luis luigi ludwig ; lou
lillian ; lily
lucille ; lucy
madeline ; maddie
margaret margarita margarete marguerite ; maggie meg peggy rita greta peggie madge margie
mark marc marco marcos markus marcus
martin martino
marvin ; marv
mary maria marie ; molly polly
matthew matteo matthias mateo matthieu ; matt
maurice ; morrie
maximilian maxim maksim maksym ; max
melvin ; mel
michael mikhail michel miguel mykhailo michal mihail ; mike mick misha mickey
michelle michele ; shelly
mildred ; millie
morris ; morrie
natalia natalya nathalie ; natasha
natalie ; nat
nathaniel nathan ; nat nate
nicholas nikolai nicolas nikolay mykola nicola niklas ; nick niko kolya
norman ; norm
olga
oleg
oliver ; ollie
pamela ; pam
patricia ; pat patty trish tricia
patrick patricio ; pat paddy
paul pablo pavel paolo pavlo
penelope ; penny
percival ; percy
peter pedro pierre pietro pyotr petr petro ; pete
philip felipe philippe filip ; phil pip
randall ; randy
raymond ; ray
rebecca ; becky
reginald ; reg reggie
richard ricardo riccardo ; dick rick rich ricky
robert roberto rupert ; bob rob bobby robbie bert
roderick ; rod
rodney ; rod
ronald ; ron ronnie
rosemary ; rosie
rudolph ; rudy
russell ; russ
samuel ; sam sammy
sebastian ; seb
sergey sergei serge sergio serhiy sergejs siarhei
sidney ; sid
stanley ; stan
stephanie ; steph
stephen steven stefan stephan esteban etienne stepan ; steve
stuart ; stu
susan susanne susanna ; sue suzy susie suzie
svetlana
sylvester ; sly
theodore theodor teodor fyodor fedor ; ted teddy theo
theresa ; tess
thomas tomas tommaso ; tom tommy
timothy timofey timotheus ; tim
terence ; terry
tobias ; toby
valery valerie valeriy ; val
vasily vasil vassili basil ; vasya
vernon ; vern
veronica ; ronnie
victoria ; vicky
viktor victor ; vic
vincent vicente vincenzo ; vince
virginia ; ginny
vladimir volodymyr wladimir uladzimir ; vova volodya vlad
vladislav wladyslaw vladyslav ; vlad
vyacheslav viacheslav ; slava
wallace ; wally
walter ; walt wally
wilfred ; wilf
william wilhelm guillermo guillaume willem ; bill will billy liam willy
wolfgang ; wolf
yulia julia giulia ; yulka
zachary ; zach zack
`
