/** Common given names of the region, in Latin and in Sorani letters: invented people are made of three of one script. */
export const GIVEN_NAMES: readonly (readonly string[])[] = [
  "Karwan Rebin Soran Hiwa Dilshad Aram Shwan Azad Bakhtiar Nawzad Hemin Zana Kamaran Sarkawt Goran Dana Rawand Twana Ako Bryar Omed Shirwan Ahmed Mohammed Ali Hassan Hussein Omar Othman Mustafa Ibrahim Abdullah Khalid Karim Rahim Hamid Mahmoud Salih Rasul Yusuf Ismail Jamal Kamal Fatima Aisha Zahra Maryam Amina Shilan Nasrin Chnar Awaz Tara Sazan".split(
    " ",
  ),
  "کاروان ڕێبین سۆران هیوا دڵشاد ئارام شوان ئازاد بەختیار نەوزاد هێمن زانا کامەران سەرکەوت گۆران دانا ڕاوەند توانا ئاکۆ بریار ئومێد شێروان ئەحمەد محەمەد عەلی حەسەن حوسێن عومەر عوسمان مستەفا ئیبراهیم عەبدوڵڵا خالید کەریم ڕەحیم حەمید مەحموود ساڵح ڕەسوڵ یوسف ئیسماعیل جەمال کەمال".split(
    " ",
  ),
]
