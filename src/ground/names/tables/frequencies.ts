/**
 * How many of 3845 people bear a word in their name: the individuals of the list of specially designated nationals of the United
 * States' Treasury (public domain), counted by `bench/names/frequencies.ts`. One line a count. Fewer than three are not listed.
 */
export const BEARERS_OF = 3845
export const BEARERS = `
153 muhammad
118 ali
93 jose
90 ahmad
78 abd
66 ibrahim
62 abdul
58 mohammad
53 maria
49 carlos
46 antonio
44 jesus
43 kim luis
42 mohammed
41 hasan
40 ahmed gonzalez
38 mohamed
37 tikriti
36 abu
35 alberto
33 jorge lopez
32 ben hassan juan perez sanchez
31 garcia
30 rodriguez
29 abdullah chol
28 hernandez manuel
27 abdallah
25 ramirez
24 rahman
23 hussein mario miguel
22 gomez haji mejia mustafa torres vladimir
21 flores said valencia
19 din fernando husayn victor
18 arturo eduardo enrique khalid martinez omar
17 angel aziz hamid khan mohamad
16 alexander alvarez bin del francisco gutierrez mahmoud oleg reza vargas
15 diaz javier julio saleh salim yusuf
14 abbas aleksandr aleksandrovich alfonso castillo cesar felix hector igor ivan moreno ramon salazar salih vladimirovich
13 alfredo andrey herrera ignacio ismail jong marin nam oscar quintero sergey song yong
12 alejandro aleksey cifuentes daniel grajales habib jaime john khalil rivera yahya
11 amin avila buitrago castro chun david gastelum hafiz jairo mikhail pak pedro rashid rincon saad salam viktor
10 amir armando chang emilio hossein kyong mahmud martin munoz musa nasser patricia rafael rahim reyes rojas romero ruiz sergei
9 andrei choe felipe giraldo guillermo gustavo londono majid molina muhsin rios ruelas sulayman
8 adnan alzate ayman barrera barzan carmen caro contreras diego dmitry edgar elena fernandez franco german hadi ismael ivanovich kang karim kwang latif malik mendoza montoya nasir raul ricardo salah samir sergeyevich serna shaykh turki umar villa
7 agha alonso andres cabrera cardenas cardona dario fawaz fuad gabriel gerardo gonzales henao humberto hyok imad jamal jan jaramillo leon man marco marquez medina mikhailovich milosevic muhammed nikolaevich pena qasim roberto rosario ruben sabawi saddam sergio seyed suarez taha vasquez zambada zevallos
6 adil aguirre alekseyevich alvaro anas anatolievich arellano asad beltran bilal borisovich claudia darwish diana dragan duran estrada fabio faysal gaddafi gilberto guadalupe guerrero guzman hajj hajji hamad hamza hugo igorevich iyad jafari jhon jimenez joseph khalaf leonidovich lorenzana makhluf meza milan miroslav mohsen morales morteza mostafa mun murillo niebla ojeda olivera ortega pavel restrepo rodrigo sad sami sayyid serrano soto teresa velez viktorovich waked walid yunis
5 abdel abubakar adam adel aguilar akram alexandrovich ammar arriola awad barakat benjamin cazares cecilia chong cordon cruz cuellar duarte elenes elizabeth elvis ernesto escobar esparragoza figueroa galindo garza george gil hakim hala hamdan haqqani harb hatum haytham henry hun husam ibarra irina isidro jamil jang jin kamel karadzic kelmendi khalifa luna mahdi mahmood mansour maradiaga min noorzai nur parra paul pavlovich piedrahita qari rehman rendon saeed saif salman santos sayyed shah silva sulaiman sultan tahir tong trujillo valle velasquez vicente victoria wei won yassin zagaria zuleta
4 abdi acosta agustin alirio alvarado amezcua ana apodaca araujo arboleda arce arias arnulfo badr barakzai bashir bassam bernal briones bustamante cadena camacho castano cazarez chi chu dib dmitri duque dusan efrain elias evgeniy fadlallah fahd firas freddy gaxiola gholamreza gonzalo hashim hernan hernando hikmat hong hoyos iqbal isa issa jaber jalal jasim javad joaquin katrangi kyu laredo leyva linares lira luz mansur masri mauricio medrano mendez monica mubarak musavi myong nabil naim najjar naser nayif nelson nikolayevich nikolic noel ocampo ochoa octavio olga olivas orlando ovidio paez pao patino petr posso ramadan rana rangel rawi ridwan rigoberto rodolfo rosales rotenberg samad samuel santiago sattar shabib simon son subhi sung svetlana usuga uthman valentinovich valeryevich varela wahhab walter william yurievich yusif zapata zepeda zhang zoran zuhayr
3 abdollah abdu abdulaziz abid adan adib adolfo ahd ajmi akbar alba aldemar alekseevich aleksei alexei alexey alexis alotaibi amay amparo anatoliyovych anwar arana arango arif arnoldo artem ashraf atia atif avendano azawi azhar azzam baasyir bakr barragan bashar basil bedoya behzad blanca bong boris caballero calle camilo cano chavez cheng cherif chinamasa cho correa dahir dajani denis dmitriy dragoljub dulaymi duri eduard eliecer elmer esperanza espinoza eugenio fadi faisal faqih faqir farah faraj farhad fawzi fitch francesco gafur gallego gallon garzon georgievich ghafur ghani ghassan ghazi gloria goran guberek guillen hachim han hanna heriberto hijazi hisham hishan horacio hsueh hurtado hussain hwan ines innocent isabel isaza issam izzat jaburi jalil james joel jon jonathan judith julian jumah juvenal kamal karner khaled khaliq khamis khanani khayr konstantin kony leonardo leonid libi lopera louie lukic majeed margarita marina martha marwan mazidih mercedes mesa mikhaylovich milad milorad mohammadi momcilo mounir muchinguri mugabe mukhtar munera murad musliu mustapha nadir najib nasif nasr natalya navarro nicola nidal nikolai noor noureddine nunez oleksandr orejuela ortiz ostaiza othman paek palomino paola peter petrovich pineda pulido pyong qadhafi rauf reda richard rida riyad rogelio roman rondon rosenthal ruth ryong saavedra sam sandra saqr sara sarabia sarria schiavone serhiy sheikh sik sok sotelo suhayl tajideen talal tapia tarek tariq tilfah tovar trevino ubaidi ubayd ubaydi urdinola valenzuela valery varon vasilyevich vera viktar villegas vladimirovna vladislav vyacheslav vyacheslavovich wael wazir yasin yelena yevgenyevich yon yun yuryevich zakariya zaki zazueta zhou ziyad
`
