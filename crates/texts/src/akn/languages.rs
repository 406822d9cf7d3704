//! Languages by their letters: BCP 47 has two where Akoma Ntoso has three (ISO 639-2, the terminological ones).

/// Two letters, then three, a language after the other.
const KNOWN: &str = "\
    aaaar ababk aeave afafr akaka amamh anarg arara asasm avava ayaym azaze babak bebel bgbul bhbih \
    bibis bmbam bnben bobod brbre bsbos cacat ceche chcha cocos crcre csces cuchu cvchv cycym dadan \
    dedeu dvdiv dzdzo eeewe elell eneng eoepo esspa etest eueus fafas ffful fifin fjfij fofao frfra \
    fyfry gagle gdgla glglg gngrn guguj gvglv hahau heheb hihin hohmo hrhrv hthat huhun hyhye hzher \
    iaina idind ieile igibo iiiii ikipk ioido isisl itita iuiku jajpn jvjav kakat kgkon kikik kjkua \
    kkkaz klkal kmkhm knkan kokor krkau kskas kukur kvkom kwcor kykir lalat lbltz lglug lilim lnlin \
    lolao ltlit lulub lvlav mgmlg mhmah mimri mkmkd mlmal mnmon mrmar msmsa mtmlt mymya nanau nbnob \
    ndnde nenep ngndo nlnld nnnno nonor nrnbl nvnav nynya ococi ojoji omorm orori ososs papan pipli \
    plpol pspus ptpor quque rmroh rnrun roron rurus rwkin sasan scsrd sdsnd sesme sgsag sisin skslk \
    slslv smsmo snsna sosom sqsqi srsrp ssssw stsot susun svswe swswa tatam tetel tgtgk ththa titir \
    tktuk tltgl tntsn toton trtur tstso tttat twtwi tytah uguig ukukr ururd uzuzb veven vivie vovol \
    wawln wowol xhxho yiyid yoyor zazha zhzho zuzul";

/// The three letters of a language tag; `und` where it has none.
pub fn three_letters(tag: &str) -> String {
    let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let is_word = primary.bytes().all(|byte| byte.is_ascii_lowercase());
    let found = match primary.len() {
        2 => KNOWN
            .split_ascii_whitespace()
            .find_map(|pair| pair.strip_prefix(primary.as_str())),
        3 if is_word => Some(primary.as_str()),
        _ => None,
    };
    found.unwrap_or("und").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_three_letters_or_is_undetermined() {
        let found = [
            "en",
            "fr-CA",
            "ES",
            "zh-Hant-TW",
            "eus",
            "pt",
            "xx",
            "",
            "é",
            "i-klingon",
        ]
        .map(three_letters);

        let expected = [
            "eng", "fra", "spa", "zho", "eus", "por", "und", "und", "und", "und",
        ];
        assert_eq!(found, expected);
    }
}
