//! Domains that a person may mistake for each other.

use super::free::is_shelf;
use super::punycode;

/// Letters that look like a plain one: accented Latin, Cyrillic, Greek and a few more. Not a full
/// table of confusables, only what can be registered and is used for such tricks.
const LOOKS: &[(char, &str)] = &[
    ('a', "àáâãäåāăąǎạảấầẩẫậắằẳẵặȧɑаα"),
    ('b', "ƀɓḃḅḇьвЬᏏ"),
    ('c', "çćĉċčсϲᴄ"),
    ('d', "ďđḋḍḏɗԁ"),
    ('e', "èéêëēĕėęěẹẻẽếềểễệеёҽє"),
    ('f', "ƒḟẝ"),
    ('g', "ĝğġģǧǵɡɢ"),
    ('h', "ĥħḣḥḧհһнћ"),
    ('j', "ĵǰјϳ"),
    ('k', "ķǩḱḳкκĸ"),
    ('l', "ìíîïĩīĭįıǐịỉіїιӏĺļľŀłḷɩι1i|"),
    ('m', "ḿṁṃмṃ"),
    ('n', "ñńņňŉŋṅṇпηո"),
    ('o', "òóôõöøōŏőǒơọỏốồổỗộớờởỡợоοσӧօ0"),
    ('p', "ṕṗрρ"),
    ('q', "ɋԛզ"),
    ('r', "ŕŗřṙṛгᴦ"),
    ('s', "śŝşšșṡṣѕꜱ"),
    ('t', "ţťŧțṫṭтτ"),
    ('u', "ùúûüũūŭůűųǔưụủứừửữựυսц"),
    ('v', "ṽṿνѵᴠ"),
    ('w', "ŵẁẃẅẇẉωԝѡшᴡ"),
    ('x', "ẋẍхχ"),
    ('y', "ýÿŷỳỵỷỹуўүγ"),
    ('z', "źżžẑẓᴢ"),
];

/// Pairs that look like one letter, once all letters are plain.
const PAIRS: &[(char, char, char)] = &[('r', 'n', 'm'), ('v', 'v', 'w'), ('c', 'l', 'd')];

/// The fewest letters of a name in which one letter more, less or different counts as a look-alike.
/// Short names differ by one letter all the time.
const SHORTEST_NAME: usize = 5;
/// Longer than any domain; longer texts are not compared.
const LONGEST: usize = 1000;

/// Whether two domains are different but look the same: similar letters, accents, hyphens and dots
/// that are easily overlooked, or one letter added, dropped, replaced or swapped with its neighbor
/// in a name of five or more letters under the same ending. Domains of one owner never count: equal
/// ones, one below the other, or both below one registered name. Another ending alone (`.de` for
/// `.com`) is not a look-alike, since companies have several.
pub fn look_alike(a: &str, b: &str) -> bool {
    if a.len() > LONGEST || b.len() > LONGEST {
        return false;
    }
    let (ascii_a, ascii_b) = (punycode::to_ascii(a), punycode::to_ascii(b));
    let (owner_a, owner_b) = (Owner::of(&ascii_a), Owner::of(&ascii_b));
    if owner_a == owner_b || is_below(&ascii_a, &ascii_b) || is_below(&ascii_b, &ascii_a) {
        return false;
    }
    let (letters_a, letters_b) = (punycode::to_letters(a), punycode::to_letters(b));
    if looks_same(&letters_a, &letters_b) {
        return true;
    }
    let (Some(owner_a), Some(owner_b)) = (Owner::of(&letters_a), Owner::of(&letters_b)) else {
        return false;
    };
    looks_same(&owner_a.whole(), &owner_b.whole())
        || (owner_a.ending == owner_b.ending
            && one_slip(&chars(owner_a.name), &chars(owner_b.name)))
}

fn is_below(a: &str, b: &str) -> bool {
    a.strip_suffix(b)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The part of a domain that somebody registers, as far as it can be known without the list of all
/// registries.
#[derive(PartialEq)]
struct Owner<'a> {
    name: &'a str,
    ending: &'a str,
}

impl<'a> Owner<'a> {
    fn of(domain: &'a str) -> Option<Self> {
        let (rest, last) = domain.rsplit_once('.')?;
        let (rest, ending) = match rest.rsplit_once('.') {
            Some((above, second)) if is_shelf(second, last) => {
                (above, domain.get(above.len() + 1..)?)
            }
            _ => (rest, last),
        };
        Some(Self {
            name: rest.rsplit('.').next()?,
            ending,
        })
    }

    fn whole(&self) -> String {
        format!("{}.{}", self.name, self.ending)
    }
}

fn looks_same(a: &str, b: &str) -> bool {
    let (a, b) = (skeleton(a), skeleton(b));
    !a.is_empty() && a == b
}

/// The domain in plain letters, without what is easily overlooked.
fn skeleton(domain: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::new();
    for letter in domain.chars().filter_map(plain) {
        let pair = PAIRS
            .iter()
            .find(|(first, second, _)| out.last() == Some(first) && letter == *second);
        if let Some((.., one)) = pair {
            out.pop();
            out.push(*one);
        } else {
            out.push(letter);
        }
    }
    out
}

/// The plain letter that this one looks like; none for hyphens, dots and combining accents.
fn plain(letter: char) -> Option<char> {
    let letter = match letter {
        '-'
        | '.'
        | '_'
        | '·'
        | '‐'..='―'
        | '\u{2212}'
        | '\u{30FC}'
        | '\u{3002}'
        | '\u{FF0D}'
        | '\u{FF0E}'
        | '\u{0300}'..='\u{036F}' => {
            return None;
        }
        // Full-width forms have the order of ASCII.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        // Thirteen mathematical alphabets, capitals before small letters.
        '\u{1D400}'..='\u{1D6A3}' => {
            let place = (u32::from(letter) - 0x1D400) % 26;
            char::from_u32(u32::from('a') + place).unwrap_or(letter)
        }
        other => other,
    };
    let letter = letter.to_lowercase().next().unwrap_or(letter);
    Some(
        LOOKS
            .iter()
            .find(|(_, alike)| alike.contains(letter))
            .map_or(letter, |(plain, _)| *plain),
    )
}

fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// Whether adding, dropping or replacing one letter, or swapping two neighbors, turns one name
/// into the other.
fn one_slip(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < SHORTEST_NAME || long.len() - short.len() > 1 || short == long {
        return false;
    }
    let head = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (Some(short), Some(long)) = (short.get(head..), long.get(head..)) else {
        return false;
    };
    if short.len() < long.len() {
        return long.get(1..) == Some(short);
    }
    match (short, long) {
        ([a, b, short @ ..], [x, y, long @ ..]) => {
            (b == y && short == long) || (a == y && b == x && short == long)
        }
        (_, _) => true,
    }
}
