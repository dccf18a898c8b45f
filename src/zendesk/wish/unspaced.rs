//! Scripts that put no spaces between words: Chinese and Japanese, and Korean, whose words carry endings.

use super::sentence::Item;
use super::{CLAUSE_MAX, Wishes};
use crate::record::ticket::Wish;

/// Parts of words that ask to add.
const ADD_UNSPACED: &[&str] = &[
    "追加",
    "登録",
    "加えて",
    "添加",
    "加到",
    "加进",
    "加入",
    "增加",
    "新增",
    "登记",
    "关联到",
    "关联至",
    "關聯到",
    "關聯至",
    "紐付け",
    "추가",
    "등록",
];

const REMOVE_UNSPACED: &[&str] = &[
    "削除",
    "退職",
    "退社",
    "無効",
    "外して",
    "除外",
    "解除",
    "離職",
    "辞め",
    "取り消",
    "抹消",
    "异动",
    "删除",
    "刪除",
    "移除",
    "删掉",
    "去掉",
    "去除",
    "离职",
    "停用",
    "注销",
    "取消",
    "移出",
    "离开",
    "離開",
    "替换",
    "삭제",
    "제거",
    "퇴사",
    "퇴직",
    "비활성",
    "해지",
    "제외",
];

const NOT_UNSPACED: &[&str] = &[
    "できません",
    "ありがとう",
    "无法",
    "無法",
    "不能",
    "感谢",
    "感謝",
    "しない",
    "不要",
    "已经",
    "已經",
    "既に",
    "なくて",
    "지 마",
    "이미",
    "不用",
    "别",
    "勿",
    "하지마",
    "지마",
];

/// Questions whether somebody was added.
const ASKED_UNSPACED: &[&str] = &[
    "ていますか",
    "されましたか",
    "済みですか",
    "済みでしょうか",
    "是否",
    "了吗",
    "了嗎",
    "了没",
    "되었나요",
    "됐나요",
    "했나요",
    "되었습니까",
];

/// What another person asks for.
const REPORTED_UNSPACED: &[&str] = &[
    "依頼しました",
    "頼まれ",
    "言われ",
    "求められ",
    "要求您",
    "要求你",
    "让您",
    "声称",
    "听说",
    "聽說",
    "据说",
    "聲稱",
    "요청했",
    "부탁했",
    "요청받",
];

const COPY_UNSPACED: &[&str] = &["副本", "抄送", "참조"];

/// Words of sentences in such scripts.
const PROSE_UNSPACED: &[&str] = &[
    "です",
    "ます",
    "くださ",
    "連絡",
    "は",
    "是",
    "请",
    "联系",
    "聯繫",
    "입니다",
    "주세요",
    "の",
    "由于",
    "由於",
    "因为",
    "因為",
    "保留",
    "维持",
    "維持",
    "通过",
    "通過",
    "根据",
    "根據",
    "代表",
    "そのまま",
    "ため",
    "유지",
    "用户",
    "用戶",
    "ユーザー",
    "사용자",
];

/// Words of such scripts between addresses, or beside one, that say nothing about it.
const NEUTRAL_UNSPACED: &[&str] = &[
    "と",
    "や",
    "を",
    "も",
    "および",
    "及び",
    "和",
    "与",
    "與",
    "及",
    "以及",
    "跟",
    "还有",
    "把",
    "将",
    "將",
    "와",
    "과",
    "및",
    "을",
    "를",
    "도",
    "吗",
    "嗎",
    "吧",
    "了",
    "谢谢",
    "謝謝",
];

/// What somebody is added to, or as.
const PLACES_UNSPACED: &[&str] = &[
    "联系人",
    "聯絡人",
    "联络人",
    "連絡先",
    "窓口",
    "组织",
    "組織",
    "公司",
    "企业",
    "账户",
    "帐户",
    "支持",
    "담당자",
    "조직",
    "연락처",
];

fn first_of(text: &str, list: &[&str]) -> Option<usize> {
    list.iter().filter_map(|word| text.find(word)).min()
}

impl Wishes {
    /// Words run together without spaces: the words that are in them, in order.
    pub(super) fn unspaced(&mut self, text: &str) {
        if ["마세요", "마십", "말아", "말고", "않"]
            .iter()
            .any(|start| text.starts_with(start))
        {
            self.turn_last_verb();
        }
        let has_reported = REPORTED_UNSPACED.iter().any(|word| text.contains(word));
        let is_own = text.contains("我们要求") || text.contains("我要求");
        if has_reported && !is_own && first_of(text, ADD_UNSPACED).is_none() {
            self.only_mentions();
        }
        if ["있나요", "있습니까", "있는지", "주셔서"]
            .iter()
            .any(|start| text.starts_with(start))
        {
            self.only_mentions();
        }
        let first = |list: &[&str]| first_of(text, list);
        let has = |list: &[&str]| list.iter().any(|word| text.contains(word));
        let is_request = text.contains("可以") || text.contains("能");
        let to_copy = self.previous == "cc" && text.starts_with(['に', 'へ', '에']);
        let negated = has(NOT_UNSPACED)
            || (has(ASKED_UNSPACED) && !is_request)
            || has(COPY_UNSPACED)
            || (has_reported && !is_own)
            || to_copy;
        if ["の代わり", "以外", "除了", "而不是", "대신"]
            .iter()
            .any(|word| text.contains(word))
            && first(ADD_UNSPACED).is_none()
        {
            self.verb(Wish::Mention);
            self.items.push(Item::Boundary);
            return;
        }
        let mut verbs: Vec<(usize, Wish)> = [
            (first(ADD_UNSPACED), Wish::Add),
            (first(REMOVE_UNSPACED), Wish::Remove),
        ]
        .into_iter()
        .filter_map(|(at, wish)| Some((at?, wish)))
        .collect();
        verbs.sort_by_key(|(at, _)| *at);
        for (_, wish) in &verbs {
            self.verb(if negated { Wish::Mention } else { *wish });
            // Such a verb ends its part of the sentence, or begins it.
            self.items.push(Item::Boundary);
        }
        if verbs.is_empty() {
            let marker = [
                "所有者",
                "契約",
                "担当",
                "負責",
                "负责",
                "订阅",
                "契约",
                "所有",
                "구독",
                "담당",
            ];
            let neutral = NEUTRAL_UNSPACED.contains(&text)
                || has(PLACES_UNSPACED)
                || ["さん", "様", "氏", "님", "씨", "先生", "女士"]
                    .iter()
                    .any(|title| text.contains(title) && text.chars().count() <= 8);
            // "联系人" has the letters of a verb, and is none.
            let bare = PLACES_UNSPACED
                .iter()
                .fold(text.to_owned(), |text, place| text.replace(place, " "));
            let tells = PROSE_UNSPACED.iter().any(|word| bare.contains(word));
            // Before an address, it may be a name.
            let behind = self
                .items
                .iter()
                .rev()
                .take(CLAUSE_MAX)
                .take_while(|item| **item != Item::Boundary)
                .any(|item| matches!(item, Item::Address(_)));
            self.items.push(if has(&marker) {
                Item::Marker
            } else if tells || text.chars().count() > 12 {
                Item::Prose
            } else if behind && !neutral {
                Item::Lower
            } else {
                Item::Word
            });
        }
    }
}
