//! The lists names are made of: given names, and surnames that are words for places in a town, by language.

use kernel::Language;

/// From which lists names are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// English.
    English,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Portuguese.
    Portuguese,
    /// German and Nordic.
    German,
    /// West African.
    Western,
    /// East African.
    Eastern,
    /// Southern African.
    Southern,
    /// Arabic, in its script.
    Arabic,
    /// Turkish.
    Turkish,
    /// Of Eurasia, in Cyrillic.
    Cyrillic,
    /// Of South Asia.
    Indian,
    /// Korean, in Hangul.
    Hangul,
    /// Of one name, as in Java.
    OneName,
}

/// The pairs of two lists in an order in which neighbours share no name.
pub(super) fn pair(given: &[&str], family: &[&str], at: usize) -> (String, String) {
    if family.is_empty() {
        return (given[at % given.len()].to_owned(), String::new());
    }
    let round = at / given.len();
    let family_at = (at + round * 5) % family.len();
    (given[at % given.len()].to_owned(), family[family_at].to_owned())
}

/// Given names, surnames, and the language its people are written to in.
pub(super) fn lists(names: Names) -> (&'static [&'static str], &'static [&'static str], Language) {
    match names {
        Names::English => (
            &[
                "Abigail", "Rowan", "Imogen", "Desmond", "Maeve", "Callum", "Beatrix", "Jasper", "Orla",
                "Winston", "Saoirse", "Percival",
            ],
            &[
                "Longquay",
                "Lampway",
                "Ferrystairs",
                "O’Harbourlight",
                "Marketcrossing",
                "Tramstead",
                "Fountaingate",
                "Wellstairs",
                "Pierhead-Lane",
                "Clocktower",
                "Bandstand",
            ],
            Language::En,
        ),
        Names::French => (
            &[
                "Apolline",
                "Célestin",
                "Maëlle",
                "Théophile",
                "Héloïse",
                "Corentin",
                "Noémie",
                "Barnabé",
                "Zoé",
                "Loïc",
                "Éléonore",
                "Gaëtan",
            ],
            &[
                "Duquai-Neuf",
                "Pontlanterne",
                "Grandplace-Ronde",
                "L’Escale",
                "D’Estuaire",
                "Fontaine-aux-Marchés",
                "Rivelongue",
                "Belle-Passerelle",
                "Tournepont",
                "Kiosquebleu",
                "Ruelle-Haute",
            ],
            Language::Fr,
        ),
        Names::Spanish => (
            &[
                "Jimena", "Ignacio", "Rocío", "Baltasar", "Marisol", "Fermín", "Abril", "Leandro", "Paloma",
                "Ulises", "Inés", "Íñigo",
            ],
            &[
                "Plazaclara",
                "Puentelargo",
                "Calleancha Nueva",
                "Miralpuerto",
                "Farolera",
                "Mercadoviejo",
                "Tranviazul",
                "Fuenterredonda",
                "Muellefirme",
                "Soportales",
                "Barandales",
            ],
            Language::Es,
        ),
        Names::Portuguese => (
            &[
                "Conceição",
                "Tomé",
                "Luzia",
                "Gonçalo",
                "Iracema",
                "Caetano",
                "Jacira",
                "Dinis",
                "Araci",
                "Simão",
                "Benedita",
                "Ubirajara",
            ],
            &[
                "do Cais Azul",
                "da Praça Larga",
                "Ladeira Clara",
                "Ponte de Vidro",
                "da Feira Velha",
                "do Farol Novo",
                "Calçadão",
                "da Travessa Curta",
                "do Coreto",
                "Chafariz",
                "da Orla",
            ],
            Language::Es,
        ),
        Names::German => (
            &[
                "Anneke",
                "Jürgen",
                "Sieglinde",
                "Ruprecht",
                "Heike",
                "Uwe",
                "Ottilie",
                "Matthis",
                "Gudrun",
                "Björn",
                "Frauke",
                "Øyvind",
            ],
            &[
                "Brückentor",
                "Marktplatzer",
                "Hafenstieg",
                "Brunnenweg",
                "Uferpromenade",
                "Turmgasse",
                "Fährmannsteg",
                "Gassenlampe",
                "Straßenbaum",
                "Schleusenhof",
                "Laubengang",
            ],
            Language::En,
        ),
        Names::Western => (
            &[
                "Awa",
                "Moussa",
                "Fatoumata",
                "Ibrahima",
                "Adjoa",
                "Kofi",
                "Mariame",
                "Issa",
                "Rokia",
                "Ousmane",
                "N’Deye",
                "Sékou",
            ],
            &[
                "Grandbaobab",
                "Duwharf",
                "N’Lagune",
                "Ruelongue",
                "Placedufleuve",
                "Portlagune",
                "Passerelle-Haute",
                "Belvédère-Nord",
                "Kiosque-Rouge",
                "D’Embarcadère",
                "Marchénuit",
            ],
            Language::Fr,
        ),
        Names::Eastern => (
            &[
                "Zawadi", "Otieno", "Neema", "Juma", "Wanjiru", "Baraka", "Amani", "Kamau", "Subira",
                "Tumaini", "Achieng", "Hekima",
            ],
            &[
                "Darajamoja",
                "Sokolamji",
                "Mnarawapwani",
                "Bandarini-Kwetu",
                "Taamtaani",
                "Uwanjani-Juu",
                "Ng’ambo-Daraja",
                "Njiapanda-Mpya",
                "Kisimachema",
                "Bustaniyetu",
                "Forodhani-Mashariki",
            ],
            Language::En,
        ),
        Names::Southern => (
            &[
                "Thandeka", "Sipho", "Lindiwe", "Themba", "Lerato", "Thabo", "Zanele", "Vusi", "Ayanda",
                "Naledi", "Mandla", "Palesa",
            ],
            &[
                "Ibhuloho",
                "Umgwaqomude",
                "Isibanisomuzi",
                "Isigcawu",
                "Itheku-Elihle",
                "Indlelabanzi",
                "Umthombomkhulu",
                "Isangolomuzi",
                "Imakethe-Endala",
                "Ingadiyethu",
                "Ipaki-Eluhlaza",
            ],
            Language::En,
        ),
        Names::Arabic => (
            &[
                "ليلى", "كريم", "سلمى", "يوسف", "هالة", "طارق", "مريم", "سامر", "رنا", "آدم", "دينا", "زياد",
            ],
            &[
                "الجسر",
                "الميدان",
                "المنارة",
                "الرصيف",
                "السوق الجديد",
                "النافورة",
                "الدرب",
                "البوابة",
                "الحديقة",
                "الساقية",
                "الشرفة",
            ],
            Language::Fr,
        ),
        Names::Turkish => (
            &[
                "Aylin", "Emre", "Zeynep", "Kerem", "Elif", "Ozan", "Selin", "Murat", "İpek", "Cem", "Nehir",
                "Bora",
            ],
            &[
                "Limanışık",
                "Çeşmekapı",
                "Fenermeydan",
                "İskeleyol",
                "Pazarışık",
                "Sokakbahçe",
                "Kuleyolu",
                "Köprübahçe",
                "Avlulu-Kent",
                "Rıhtımlı",
                "Çınarmeydan",
            ],
            Language::En,
        ),
        Names::Cyrillic => (
            &[
                "Алина",
                "Тимур",
                "Сауле",
                "Данияр",
                "Вера",
                "Ерлан",
                "Мадина",
                "Павел",
                "Айгуль",
                "Игорь",
                "Нина",
                "Марат",
            ],
            &[
                "Мосток",
                "Площадь",
                "Фонарь",
                "Причал",
                "Переулок",
                "Маяк",
                "Ратуша",
                "Аллея",
                "Колодец",
                "Гавань",
                "Набережная",
            ],
            Language::En,
        ),
        Names::Indian => (
            &[
                "Meera", "Arjun", "Farida", "Nikhil", "Lakshmi", "Sanjay", "Tara", "Vikram", "Kamala",
                "Ravi", "Priya", "Imran",
            ],
            &[
                "Pulwala-Nadi",
                "Chowkdari",
                "Nukkadkar",
                "Ghatpath",
                "Talabkinara",
                "Bazaargali",
                "Ghantaghari",
                "Baghdwar",
                "Kuanwali",
                "Deepghar",
                "Sarakpar",
            ],
            Language::En,
        ),
        Names::Hangul => (
            &[
                "하늘", "보람", "가온", "슬기", "한별", "다온", "새롬", "아름", "이든", "라온", "누리",
                "미르",
            ],
            &[
                "다리", "나루", "마당", "골목", "광장", "등대", "우물", "언덕", "정자", "돌담", "포구",
            ],
            Language::En,
        ),
        Names::OneName => (
            &[
                "Jembatanraya",
                "Alunalunku",
                "Melatipasar",
                "Lestaritaman",
                "Budilampu",
                "Wulandermaga",
                "Bayumenara",
                "Citrakanal",
                "Dewigapura",
                "Intanpendopo",
                "Kusumahalte",
                "Ratihtrotoar",
            ],
            &[],
            Language::En,
        ),
    }
}
