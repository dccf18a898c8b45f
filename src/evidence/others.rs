//! Names of licenses and codes that are not GitLab's: of other vendors, of other kinds, and for
//! other purposes.

use std::ops::Range;

use crate::text::line::{head, tail};
use crate::text::normal::{is_unspaced, plain_letters};

/// Vendors and products whose licenses are not GitLab's, in lower case without accents. Resellers
/// of GitLab's licenses are not among them.
const MAKERS: &[&str] = &[
    "microsoft",
    "windows",
    "office",
    "visio",
    "oracle",
    "adobe",
    "acrobat",
    "photoshop",
    "autodesk",
    "autocad",
    "vmware",
    "vsphere",
    "esxi",
    "citrix",
    "jira",
    "confluence",
    "atlassian",
    "bitbucket",
    "bamboo",
    "github",
    "jenkins",
    "cloudbees",
    "jetbrains",
    "intellij",
    "pycharm",
    "teamcity",
    "webstorm",
    "resharper",
    "sonarqube",
    "sonarsource",
    "sonatype",
    "nexus",
    "jfrog",
    "artifactory",
    "redhat",
    "rhel",
    "suse",
    "ubuntu",
    "docker",
    "rancher",
    "splunk",
    "elastic",
    "datadog",
    "dynatrace",
    "newrelic",
    "salesforce",
    "servicenow",
    "zoom",
    "slack",
    "webex",
    "okta",
    "matlab",
    "mathworks",
    "solidworks",
    "ansys",
    "tableau",
    "veeam",
    "fortinet",
    "fortigate",
    "cisco",
    "sophos",
    "kaspersky",
    "norton",
    "mcafee",
    "symantec",
    "winrar",
    "figma",
    "miro",
    "nessus",
    "checkmarx",
    "veracode",
    "snyk",
    "visual",
    "azure",
    "perforce",
    "gitea",
    "gogs",
    "forgejo",
    "gitkraken",
    "sourcetree",
    "circleci",
    "travis",
    "buildkite",
    "spinnaker",
    "copilot",
    "tabnine",
    "whitesource",
    "blackduck",
    "synopsys",
    "coverity",
    "fortify",
    "qlik",
    "sap",
    "ibm",
    "websphere",
    "mongodb",
    "redis",
    "mysql",
    "postgresql",
    "postgres",
    "hashicorp",
    "terraform",
    "vault",
    "consul",
    "nomad",
    "puppet",
    "ansible",
    "grafana",
    "sentry",
    "pagerduty",
    "trello",
    "asana",
    "zendesk",
    "hubspot",
    "dropbox",
    "docusign",
    "lucidchart",
    "smartsheet",
    "postman",
    "crowdstrike",
    "zscaler",
    "openshift",
    "nutanix",
    "netapp",
    "commvault",
    "acronis",
    "teamviewer",
    "anydesk",
    "labview",
    "minitab",
    "navicat",
    "dbeaver",
    "embarcadero",
    "delphi",
    "mattermost",
    "rocketchat",
    "nginx",
    "kaspersky",
    "eset",
    "trendmicro",
    "bitdefender",
];

/// Kinds of licenses that are not for software.
const KINDS: &[&str] = &[
    "driver",
    "drivers",
    "driving",
    "fuhrerschein",
    "fahrerlaubnis",
    "conduire",
    "conducir",
    "conducao",
    "guida",
    "водительская",
    "водительской",
    "водительские",
    "pilot",
    "fishing",
    "hunting",
    "business",
    "trade",
    "medical",
    "nursing",
    "liquor",
    "building",
    "contractor",
    "marriage",
    "engineer",
    "broadcasting",
    "banking",
    "insurance",
    "gambling",
    "fca",
    "finra",
    "bafin",
    "fcc",
    "icp",
    "運転",
    "驾驶",
    "駕駛",
    "营业",
    "營業",
    "운전",
];

/// Words between a vendor's name and the word for the license.
const PRODUCT: &[&str] = &[
    "server",
    "servers",
    "365",
    "cloud",
    "creative",
    "suite",
    "enterprise",
    "studio",
    "software",
    "data",
    "center",
    "product",
    "products",
    "professional",
    "pro",
    "desktop",
    "teams",
    "sql",
    "linux",
    "hat",
    "s",
    "plugin",
    "database",
    "operating",
    "system",
    "business",
    "edition",
    "devops",
    "actions",
    "copilot",
    "instance",
    "subscription",
    "account",
    "plan",
    "corporate",
    "ultimate",
    "repository",
    "manager",
    "の",
];

/// Whether a word names something that is not GitLab's.
pub(super) fn is_other(word: &str) -> bool {
    word.len() <= 60 && {
        let lower = plain_letters(word);
        MAKERS.contains(&lower.as_str())
            || KINDS.contains(&lower.as_str())
            || (lower.chars().any(is_unspaced) && KINDS.iter().any(|kind| lower.ends_with(kind)))
    }
}

/// Whether a word may come between such a name and the word for the license.
pub(super) fn is_product(word: &str) -> bool {
    word.len() <= 60 && PRODUCT.contains(&plain_letters(word).as_str())
}

/// Words that may come between a vendor's name and a value, or between a value and the name.
const BETWEEN: &[&str] = &[
    "the",
    "our",
    "my",
    "your",
    "a",
    "an",
    "s",
    "is",
    "it",
    "its",
    "this",
    "that",
    "that's",
    "thats",
    "was",
    "which",
    "for",
    "of",
    "from",
    "belongs",
    "to",
    "used",
    "by",
    "with",
    "license",
    "licence",
    "licenses",
    "licensing",
    "id",
    "ids",
    "no",
    "nr",
    "number",
    "activation",
    "code",
    "key",
    "lizenz",
    "lizenznummer",
    "lizenzid",
    "fur",
    "von",
    "unser",
    "unsere",
    "unserem",
    "unseren",
    "gehort",
    "zu",
    "ist",
    "licencia",
    "licenca",
    "licenza",
    "numero",
    "de",
    "du",
    "del",
    "do",
    "da",
    "di",
    "pour",
    "para",
    "per",
    "notre",
    "nuestro",
    "nosso",
    "nostro",
    "для",
    "voor",
    "van",
    "i",
    "e",
    "e.g",
];

/// How far around a value the name of its vendor is looked for, in bytes.
const BESIDE: usize = 120;

/// Whether the words around a value say that it is another vendor's: "Jira: license ID 7", "7 (Jira)", or
/// the vendor's name as a heading above. `label` is where the value's label begins, or the value itself.
pub(super) fn is_beside_other(text: &str, label: usize, value: &Range<usize>) -> bool {
    let before = tail(text.get(..label).unwrap_or_default(), 2 * BESIDE);
    let (above, left) = before.rsplit_once('\n').unwrap_or(("", before));
    let left_words = left.rsplit(is_stop).next().unwrap_or_default();
    if names_other(words(&plain_letters(tail(left_words, BESIDE))).rev()) {
        return true;
    }
    // "License ID from Jira: 7"
    let within = text.get(label..value.start).unwrap_or_default();
    if within.len() <= BESIDE && is_row_of_other(within) {
        return true;
    }
    // "Tool: Jira, license ID 7"
    let (first, own) = left.rsplit_once(',').unwrap_or(("", left));
    let is_titled = first.contains([':', '(']);
    if is_titled && is_title_of_other(first) && !own.contains(char::is_alphanumeric) {
        return true;
    }
    let after = head(text.get(value.end..).unwrap_or_default(), BESIDE);
    let right = plain_letters(after.split(['\n', ';', '.']).next().unwrap_or_default());
    let right = right.trim_start_matches(['*', '`', '"', ' ']);
    // Behind a comma there may be the next value, with its own name.
    let own = right
        .trim_start_matches([',', ' '])
        .split([',', ':', '=', '|', '\t'])
        .next()
        .unwrap_or_default();
    let goes_on = right.get(..).is_some_and(|right| {
        right.starts_with(',')
            && words(right).any(|word| word.starts_with("licen") || is_code(word))
    });
    if !goes_on && names_other(words(own)) {
        return true;
    }
    let is_first = !left.contains(char::is_alphanumeric)
        || words(&plain_letters(left)).all(|word| BETWEEN.contains(&word));
    let heading = above.lines().rev().find(|line| !line.trim().is_empty());
    is_first && heading.is_some_and(is_title_of_other)
}

/// Whether a text has nothing but the name of another vendor's product: "Product: Jira Server".
fn is_title_of_other(text: &str) -> bool {
    const TITLES: [&str; 6] = ["tool", "product", "vendor", "application", "app", "name"];
    let title = plain_letters(text);
    let mut maker = false;
    title.len() <= BESIDE
        && words(&title).all(|word| {
            let is_maker = MAKERS.contains(&word);
            maker |= is_maker;
            is_maker || is_product(word) || BETWEEN.contains(&word) || TITLES.contains(&word)
        })
        && maker
}

/// Whether a row of a table names another vendor's product, and not GitLab.
pub(super) fn is_row_of_other(row: &str) -> bool {
    let row = plain_letters(
        row.get(..row.floor_char_boundary(1_000))
            .unwrap_or_default(),
    );
    !row.contains("gitlab") && words(&row).any(|word| MAKERS.contains(&word))
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | ';' | ',' | '。' | '，' | '、')
}

/// Whether a vendor's name comes before any word that may not stand between it and a value.
fn names_other<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    for word in words {
        if MAKERS.contains(&word) {
            return true;
        }
        if !BETWEEN.contains(&word) && !is_product(word) && word.len() > 1 {
            return false;
        }
    }
    false
}

/// Words for a code or a key, in lower case without accents.
const CODES: &[&str] = &[
    "code",
    "codes",
    "kode",
    "codigo",
    "codigos",
    "codice",
    "codici",
    "kod",
    "код",
    "коды",
    "key",
    "keys",
    "schlussel",
    "cle",
    "clave",
    "chave",
    "chiave",
    "ключ",
];

/// Words beside those that leave the code's purpose open, or say that it is GitLab's.
const OPEN: &[&str] = &[
    "the",
    "our",
    "my",
    "your",
    "this",
    "that",
    "a",
    "an",
    "following",
    "new",
    "old",
    "same",
    "correct",
    "wrong",
    "right",
    "actual",
    "proper",
    "previous",
    "first",
    "last",
    "only",
    "richtige",
    "richtigen",
    "falsche",
    "falschen",
    "neue",
    "alte",
    "valid",
    "s",
    "is",
    "are",
    "was",
    "it",
    "with",
    "use",
    "used",
    "using",
    "enter",
    "entered",
    "have",
    "has",
    "had",
    "got",
    "get",
    "find",
    "here",
    "sent",
    "send",
    "to",
    "in",
    "and",
    "or",
    "via",
    "by",
    "of",
    "for",
    "from",
    "gitlab",
    "cloud",
    "license",
    "licence",
    "licensing",
    "licenses",
    "subscription",
    "product",
    "ultimate",
    "premium",
    "managed",
    "purchased",
    "purchase",
    "received",
    "character",
    "digit",
    "alphanumeric",
    "below",
    "activation",
    "activate",
    "activating",
    "registration",
    "entitlement",
    "der",
    "die",
    "das",
    "den",
    "dem",
    "dieser",
    "diesen",
    "unser",
    "unseren",
    "mein",
    "ist",
    "lautet",
    "von",
    "lizenz",
    "folgende",
    "folgender",
    "le",
    "la",
    "les",
    "l",
    "un",
    "notre",
    "mon",
    "ce",
    "voici",
    "de",
    "du",
    "d",
    "licence",
    "abonnement",
    "est",
    "el",
    "nuestro",
    "nuestra",
    "mi",
    "este",
    "es",
    "del",
    "licencia",
    "suscripcion",
    "o",
    "nosso",
    "nossa",
    "meu",
    "do",
    "da",
    "e",
    "licenca",
    "assinatura",
    "il",
    "lo",
    "nostro",
    "nostra",
    "mio",
    "di",
    "licenza",
    "abbonamento",
    "наш",
    "мой",
    "ваш",
    "этот",
    "это",
    "вот",
    "лицензии",
    "подписки",
    "i",
    "we",
    "as",
    "which",
];

/// Beginnings of names that leave a code's purpose open.
const OPEN_BEGINNINGS: &[&str] = &[
    "activ",
    "aktiv",
    "ativ",
    "attiv",
    "актив",
    "lizenz",
    "licen",
    "freischalt",
    "gitlab",
];

/// The same in scripts that put no spaces between words.
const OTHER_CODES: &[&str] = &[
    "リカバリ",
    "復旧コード",
    "回復コード",
    "認証コード",
    "確認コード",
    "招待コード",
    "クーポン",
    "验证码",
    "驗證碼",
    "恢复码",
    "恢复代码",
    "邀请码",
    "优惠码",
    "確認碼",
    "인증 코드",
    "인증코드",
    "복구 코드",
    "복구코드",
    "확인 코드",
    "초대 코드",
    "쿠폰",
];

/// Words that connect a code with its purpose: "code de …".
const LINKS: &[&str] = &[
    "de", "d", "di", "da", "do", "del", "des", "du", "zur", "для",
];

fn is_open(word: &str) -> bool {
    word.len() <= 1
        || word.bytes().all(|b| b.is_ascii_digit())
        || OPEN.contains(&word)
        || OPEN_BEGINNINGS.iter().any(|start| word.starts_with(start))
}

/// Whether the words before a text, in lower case without accents, name a code or key for another
/// purpose.
pub(super) fn is_other_code(label: &str) -> bool {
    OTHER_CODES.iter().any(|name| label.contains(name)) || clauses(label).any(of_other_purpose)
}

/// What other activation codes are for, in lower case without accents.
const ACTIVATED: &[&str] = &[
    "mfa",
    "2fa",
    "otp",
    "totp",
    "authenticator",
    "sim",
    "esim",
    "vpn",
    "card",
    "carte",
    "karte",
    "tarjeta",
    "cartao",
    "carta",
    "voucher",
];

/// Whether they name a code or key of another vendor, or one that activates something else.
pub(super) fn is_other_makers_code(label: &str) -> bool {
    let mut names_code = false;
    // "activation code for Jira", "activation code (Jira)"
    let behind = !label.contains("gitlab")
        && words(label).any(|word| {
            names_code |= is_code(word);
            ACTIVATED.contains(&word) || (names_code && MAKERS.contains(&word))
        });
    behind
        || clauses(label).any(|clause| {
            let mut maker = false;
            words(clause).any(|word| {
                let code = is_code(word);
                maker = MAKERS.contains(&word)
                    || (maker && (code || is_product(word) || word.len() > 3 && is_open(word)));
                maker && code
            })
        })
}

/// Splits a label into parts that only spaces, hyphens and apostrophes hold together.
fn clauses(label: &str) -> impl Iterator<Item = &str> {
    label.split([
        ':', ',', ';', '.', '(', ')', '"', '/', '=', '\n', '\t', '|', '!', '?',
    ])
}

fn words(clause: &str) -> impl DoubleEndedIterator<Item = &str> {
    clause
        .split(|c: char| !c.is_alphanumeric() || is_unspaced(c))
        .filter(|word| !word.is_empty())
}

fn is_code(word: &str) -> bool {
    CODES.contains(&word) || ["code", "schlussel"].iter().any(|end| word.ends_with(end))
}

fn of_other_purpose(clause: &str) -> bool {
    let (mut before, mut code, mut linked) = (None, false, false);
    for word in words(clause) {
        if code && LINKS.contains(&word) {
            linked = true;
            continue;
        }
        let cyrillic = word.starts_with(|c| matches!(c, 'а'..='я'));
        if code && (linked || cyrillic) && !is_open(word) {
            return true;
        }
        (code, linked) = (CODES.contains(&word), false);
        let qualified = if code {
            before
        } else {
            Some(word).filter(|word| is_code(word))
        };
        if qualified.is_some_and(|purpose| !is_open(purpose)) {
            return true;
        }
        before = Some(word);
    }
    false
}
