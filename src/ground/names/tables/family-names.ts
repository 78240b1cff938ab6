/**
 * Where a family name is borne, a name may lose its first word and still be the same person's; where a father's name follows the given one,
 * what is left is the father. These words tell the first custom: family and given names of Europe, the Americas, East and South-East Asia and
 * Africa, by hand; folded, without marks. Names of Muslims are left out even where family names are borne.
 */
export const OF_FAMILIES: ReadonlySet<string> = new Set(
  (
    "smith johnson williams brown jones miller davis wilson anderson taylor thomas moore jackson white harris clark lewis robinson walker young allen king wright scott hill green adams baker hall campbell mitchell carter roberts " +
    "phillips evans turner parker collins edwards stewart morris murphy cook rogers morgan cooper reed bailey bell kelly howard ward cox richardson wood watson brooks bennett gray james hughes price myers long foster sanders ross " +
    "jean claude wayne lee ann anne grace rose jane kate emma sophie charlotte louise helen alice lucy amy sarah rachel laura emily hannah claire marie luise annette birgit ingrid gudrun sabine ursula heike uwe jurgen dieter horst " +
    "klaus hans heinz gunter gunther helmut manfred werner karlheinz joachim bernd rainer ralf stefan thorsten torsten sven lars bjorn erik nils olaf ole jens knut leif magnus anders johan gustav axel ulf " +
    "muller schmidt schneider fischer weber meyer wagner becker schulz hoffmann schafer koch bauer richter klein schroder neumann schwarz zimmermann braun kruger hofmann hartmann lange schmitt krause meier lehmann huber mayer " +
    "martin bernard dubois petit durand leroy moreau simon laurent lefebvre michel garcia bertrand roux vincent fournier morel girard andre lefevre mercier dupont lambert bonnet francois martinez pierre jacques philippe yves luc thierry olivier pascal guy rene gilles " +
    "rossi russo ferrari esposito bianchi romano colombo ricci marino greco bruno gallo conti deluca costa giordano mancini rizzo lombardi moretti giuseppe mario luca marco andrea roberto angelo salvatore vincenzo domenico rosa giulia " +
    "jose luis carlos juan jorge jesus fernando sergio alberto alejandro ricardo roberto eduardo javier raul mario oscar victor hector ramon rafael enrique cesar alfredo gabriel felipe julio pablo diego ignacio alvaro gustavo hugo ruben salvador armando maria carmen ana luz guadalupe rosa juana teresa veronica patricia gloria elena silvia lucia isabel marta beatriz pilar dolores " +
    "silva santos ferreira pereira oliveira lima carvalho ribeiro almeida sousa souza alves gomes barbosa rocha dias teixeira moreira cardoso correia pinto joao paulo antonio manuel luiz " +
    "lopez rodriguez perez ruiz diaz flores cruz reyes torres rivera ramirez gomez morales ortiz castillo romero moreno vargas mendoza medina rojas aguilar vega soto castro herrera campos leon silva mora luna cortes guerrero molina delgado ortega navarro serrano blanco suarez iglesias garrido marin sanz nunez ibarra salazar trujillo ochoa zapata velez mejia arias acosta " +
    "ivan ivanov oleg igor sergei dmitri nikolai andrei mikhail vladimir yuri boris anatoly konstantin pavel alexei viktor valery vadim ruslan svetlana olga elena natalia irina tatiana ludmila galina anna nina milan dragan zoran goran milos slobodan vojislav ratko radovan zeljko stjepan josip ante tomislav " +
    "nowak kowalski wojciech krzysztof andrzej piotr pawel marek jerzy zbigniew tadeusz stanislaw jozef horvat novak kovac kovacs nagy toth szabo laszlo istvan gyorgy zoltan ferenc " +
    "wang li zhang liu chen yang huang zhao wu zhou xu zhu ma lin guo luo liang song zheng xie tang feng deng cao peng zeng xiao tian dong pan yuan cai jiang wei du ye cheng wen jun ming hong hua xiang jing jian yong guang kim park pak choi choe jung jong kang cho yoon jang lim shin seo kwon hwang ahn yoo hyun chol myong song " +
    "sato suzuki takahashi tanaka watanabe ito yamamoto nakamura kobayashi kato hiroshi kenji takashi akira yoshi nguyen tran le pham hoang phan vu dang bui do ngo thi van duc minh thanh anh " +
    "singh kumar sharma gupta patel reddy rao das ghosh devi lal ram prasad kaur raj chandra kapoor mehta joshi verma mishra banerjee mukherjee chatterjee nair pillai iyer fernando perera silva " +
    "mugabe obama kabila mobutu mandela zuma nkunda ntaganda mbeki okafor okoro adeyemi eze chukwu emeka kwame kofi mensah boateng kamau mwangi otieno ochieng wanjiru juma jean bosco innocent germain desire dieudonne"
  ).split(" "),
)

/** Endings of family and fathers' names of Europe and the Caucasus. */
export const OF_FAMILIES_ENDING =
  /(?:ovi?ch|evi?ch|ovitch|evitch|ovna|evna|[oe]v|[oe]va|enko|chuk|sk[iy]|ska|skaya|escu|ez|sen|sson|mann|berg|stein|burg|feld|bauer|meyer|meier|elli|etti|ucci|acci|eau|aux|oulos|akis|idis|dze|shvili|(?<=.{5})[iy]an|quist|strom|gaard|wicz|czyk)$/
