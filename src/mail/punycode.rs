//! Converts international domain names to ASCII and back (RFC 3492), without IDNA's tables of
//! allowed letters.

const BASE: u32 = 36;
const LEAST: u32 = 1;
const MOST: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST_CODE: u32 = 128;
const PREFIX: &str = "xn--";
/// The longest label that is converted, in characters: the algorithm is quadratic.
const LONGEST: usize = 63;

/// The domain in lower case, with every label in ASCII if possible.
pub(super) fn to_ascii(domain: &str) -> String {
    by_label(domain, |label| {
        if label.is_ascii() {
            None
        } else {
            encode(label).map(|code| format!("{PREFIX}{code}"))
        }
    })
}

/// The domain in lower case, with every `xn--` label in its own letters if possible.
pub(super) fn to_letters(domain: &str) -> String {
    by_label(domain, |label| {
        label
            .strip_prefix(PREFIX)
            .filter(|code| !code.is_empty())
            .and_then(decode)
            .map(|letters| lower(&letters))
    })
}

/// Converts each letter to lower case, regardless of its neighbors.
pub(super) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().flat_map(char::to_lowercase).collect()
}

fn by_label(domain: &str, change: impl Fn(&str) -> Option<String>) -> String {
    let lowered = lower(domain);
    if lowered.is_ascii() && !lowered.contains(PREFIX) {
        return lowered;
    }
    let labels: Vec<String> = lowered
        .split('.')
        .map(|label| change(label).unwrap_or_else(|| label.to_owned()))
        .collect();
    labels.join(".")
}

fn threshold(place: u32, bias: u32) -> u32 {
    place.saturating_sub(bias).clamp(LEAST, MOST)
}

fn adapt(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / count.max(1);
    let mut steps = 0;
    while delta > (BASE - LEAST) * MOST / 2 {
        delta /= BASE - LEAST;
        steps += BASE;
    }
    steps + (BASE - LEAST + 1) * delta / (delta + SKEW)
}

fn decode(code: &str) -> Option<String> {
    if !code.is_ascii() || code.len() > LONGEST {
        return None;
    }
    let (plain, digits) = code.rsplit_once('-').unwrap_or(("", code));
    let mut letters: Vec<char> = plain.chars().collect();
    let (mut n, mut i, mut bias) = (FIRST_CODE, 0_u32, FIRST_BIAS);
    let mut digits = digits.bytes().peekable();
    while digits.peek().is_some() {
        let (before, mut weight, mut place) = (i, 1_u32, BASE);
        loop {
            let digit = match digits.next()? {
                b @ b'a'..=b'z' => u32::from(b - b'a'),
                b @ b'0'..=b'9' => u32::from(b - b'0') + 26,
                _ => return None,
            };
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let t = threshold(place, bias);
            if digit < t {
                break;
            }
            weight = weight.checked_mul(BASE - t)?;
            place += BASE;
        }
        let count = u32::try_from(letters.len()).ok()? + 1;
        bias = adapt(i - before, count, before == 0);
        n = n.checked_add(i / count)?;
        i %= count;
        letters.insert(usize::try_from(i).ok()?, char::from_u32(n)?);
        i += 1;
    }
    Some(letters.into_iter().collect())
}

fn encode(label: &str) -> Option<String> {
    let letters: Vec<char> = label.chars().collect();
    if letters.len() > LONGEST {
        return None;
    }
    let mut code: String = letters.iter().filter(|c| c.is_ascii()).collect();
    let plain = u32::try_from(code.len()).ok()?;
    if plain > 0 {
        code.push('-');
    }
    let total = u32::try_from(letters.len()).ok()?;
    let (mut n, mut delta, mut bias, mut done) = (FIRST_CODE, 0_u32, FIRST_BIAS, plain);
    while done < total {
        let next = letters
            .iter()
            .map(|&c| u32::from(c))
            .filter(|&c| c >= n)
            .min()?;
        delta = delta.checked_add((next - n).checked_mul(done + 1)?)?;
        n = next;
        for letter in letters.iter().map(|&c| u32::from(c)) {
            if letter < n {
                delta = delta.checked_add(1)?;
            } else if letter == n {
                push_number(&mut code, delta, bias)?;
                bias = adapt(delta, done + 1, done == plain);
                delta = 0;
                done += 1;
            }
        }
        delta = delta.checked_add(1)?;
        n += 1;
    }
    Some(code)
}

fn push_number(code: &mut String, mut number: u32, bias: u32) -> Option<()> {
    let mut place = BASE;
    loop {
        let t = threshold(place, bias);
        if number < t {
            code.push(digit_of_36(number)?);
            return Some(());
        }
        code.push(digit_of_36(t + (number - t) % (BASE - t))?);
        number = (number - t) / (BASE - t);
        place += BASE;
    }
}

/// Punycode puts a–z before 0–9.
fn digit_of_36(digit: u32) -> Option<char> {
    let code = if digit < 26 {
        u32::from(b'a') + digit
    } else {
        u32::from(b'0') + digit.checked_sub(26)?
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_known_to_be_right_go_both_ways() {
        for (letters, ascii) in [
            ("bücher.example", "xn--bcher-kva.example"),
            ("münchen.de", "xn--mnchen-3ya.de"),
            ("пример.испытание", "xn--e1afmkfd.xn--80akhbyknj4f"),
            ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
            ("аррӏе.com", "xn--80ak6aa92e.com"),
            ("ليهمابتكلموشعربي؟", "xn--egbpdaj6bu4bxfgehfvwxn"),
        ] {
            assert_eq!(to_ascii(letters), ascii);
            assert_eq!(to_letters(ascii), letters);
        }
    }

    #[test]
    fn what_is_no_punycode_stays_as_it_is() {
        for text in [
            "xn--",
            "xn--a_b",
            "xn--99999999999",
            "xn--\u{e9}",
            "plain.example",
        ] {
            assert_eq!(to_letters(text), text);
        }
        assert_eq!(to_ascii("PLAIN.Example"), "plain.example");
    }
}
