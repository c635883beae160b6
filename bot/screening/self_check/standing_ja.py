"""What only one person can say of themselves, in Japanese: their seat, their office, their years, what they alone knew.

「私だけでなく」 says the opposite of 「私だけ」, and a sentence about somebody else says nothing of the writer.
"""

from bot.screening.self_check.patterns import I_JA, NUMBER_JA, TIME_JA, one_of
from bot.screening.self_check.rule import Rule, about_another, quoted, rule

_NOT = r"[^。、\n]{1,15}?" + one_of("ない ません なかった ず")
_ALONE = one_of("だけ のみ 一人 ひとり 1人")
_BUT_NOT_SO = r"(?!で(?:は|も)?な|じゃな|でなく|の" + one_of("こと 問題 話 責任 思い 意見 考え 感想") + ")"
_TWO = r"(?:二人|ふたり|2人)(?:だけ|きり|のみ)"
_SOMEBODY = r"[^。、\sはがに]{1,8}"
#: What the writer alone did or could: 「私だけが知って」, 「私だけに話し」.
_DID = (
    r"(?=が" + one_of("知 見 聞 持 担 気 残 呼 い 立")
    + r"|に" + one_of("話 言 打 見 知 渡 送")
    + r"|で" + one_of("し す 行 担 作 やっ")
    + r"|の(?:とき|時|前)|しか|です|だ[。っ]|なので)"
)  # fmt: skip
_YEAR = r"(?:(?:19|20)\d{2}|(?:昭和|平成|令和)(?:\d{1,2}|元))年度?の?(?:\d{1,2}月|春|夏|秋|冬)?(?:\d{1,2}日)?"
_ENTERED = one_of("入庁 入社 入職 入省 入局 入所 入署 採用 着任 赴任 配属 異動 転職 転勤 転入 就職 就任 出向")
_WORK = one_of("看護師 保育士 教員 教諭 運転士 事務員 作業員 職員 社員")
_IS_THERE = one_of("入って 勤めて 働いて 移って 来て")
_LATELY = (
    r"(?:(?:去年|昨年|今年|本年|一昨年|おととし|先月|先々月|この|昨年度|今年度)の?"
    r"(?:春|夏|秋|冬|初め|はじめ|半ば|終わり|暮れ|[\d一二三四五六七八九十]{1,2}月)?"
    rf"|{NUMBER_JA}(?:年|[かヶカヵ]月)(?:ほど|くらい|ぐらい)?前)"
)
_CAME = f"{_ENTERED}|入った|入って|移って|移り|赴任"
_HAS = r"(?:して|されて|になって|て)?(?:き|まいり|参り|来)?(?:まし|た|し|され)"
_NEWCOMER = one_of("新卒 中途 新人 新入社員 研修生 再任用 派遣 アルバイト パート 会計年度任用職員 臨時職員")
_SERVING = one_of("勤続 勤めて 働いて 勤務して")
_LEAVE = one_of("育休 産休 病休 休職 育児休業 産前産後休暇 療養 出向 留学 介護休業")
_OFFICE = (
    "[一-龠々ァ-ヴー]{0,10}"
    + one_of(
        "課長 係長 部長 室長 局長 所長 店長 支店長 工場長 班長 主任 主査 参事 次長",
        "主幹 補佐 校長 教頭 院長 師長 秘書 運転手",
    )
    + one_of("補佐 代理 心得")
    + "?"
)
_AS = r"(?=です|で、|をし|を務|をやっ|を担|という|として|なので|だ|の立場)"
_AT = r"(?=から|は|が|の(?:隣|となり|前|横|後ろ|うしろ|近く|そば|向か|すぐ))"

#: From where a clause begins, so that the whole of it is shown, and looked through once.
_CLAUSE = r"(?:^|(?<=[。、\n]))[^。、\n]{0,60}?"
_SENTENCE = r"(?:^|(?<=[。\n]))[^。\n]{0,60}?"
_KANJI = "一-龠々ァ-ヴー"

_NEXT_TO = one_of("隣 となり 向かい 斜め前 斜め後ろ すぐ横")

_ONLY_I = (
    rf"{I_JA}しか{_NOT}",
    rf"{_CLAUSE}の[はが]{I_JA}しか{_NOT}",
    rf"{I_JA}(?:の|より)?(?:ほか|他)に(?:は)?、?(?:誰|だれ){_NOT}",
    rf"{I_JA}以外(?:に|の人)?[はに]?、?(?:誰|だれ|知){_NOT}",
    rf"{_CLAUSE}{I_JA}(?:の|より)?(?:ほか|他|以外)[にで]?は?、?[^。、\n]{{1,16}}(?:しか|だけ)[^。、\n]{{0,10}}",
    rf"(?:最初|最後)[^。、\n]{{0,12}}の[はが]{I_JA}(?=です|だ|で)",
    (
        rf"{_SENTENCE}(?:の[はが]|者は|人は|職員は|社員は)、?(?:[^。、\n]{{1,10}}(?:では|には|で|に))?(?:[^。、\s]{{1,8}}と)?{I_JA}"
        rf"(?:たち)?(?:と[^。、\s]{{1,8}}?)?の?(?:{_ALONE}|{_TWO}|二人|2人){_BUT_NOT_SO}"
    ),
    rf"(?:{_SOMEBODY}と{I_JA}|{I_JA}と{_SOMEBODY}?)の?(?:{_TWO}|だけ|のみ){_BUT_NOT_SO}",
    rf"{_CLAUSE}{I_JA}(?:くらい|ぐらい)(?=です|だ|なの|で|の)",
    rf"{_CLAUSE}[はが]{I_JA}{_ALONE}(?=です|だ|なの|で[、。し])",
    rf"{I_JA}{_ALONE}{_DID}",
)
_ANYWHERE = (
    rf"(?<![{_KANJI}a-z])[{_KANJI}a-z]{{2,12}}(?:なの)?は、?{I_JA}{_ALONE}{_BUT_NOT_SO}",
    rf"{I_JA}[はが]、?[^。\n]{{0,20}}?唯一の[^、。\nでのなにがは]{{1,12}}",
    rf"唯一の[^、。\n]{{1,12}}?(?:である|の|は|が){I_JA}",
    rf"{I_JA}の(?:席|机|デスク|持ち場|執務室|ロッカー){_AT}",
    rf"{I_JA}[はが]、?(?:一番|いちばん|最も|最)(?:若|年下|年上|古|新し|年少|年長|長)[^。、\n]{{0,8}}",
    rf"紅一点(?:が|は|の)?{I_JA}|{I_JA}[はが]紅一点",
    rf"{_CLAUSE}のは、?{I_JA}(?=です|だ[。っ]|なの|でした|で、)",
    rf"{I_JA}の{_NEXT_TO}(?:の席|に座|の机)",
    rf"{I_JA}の(?:前任者?(?:の方)?|後任者?|肩書き?|役職)",
    rf"{I_JA}は、?(?:[^。、\n]{{1,12}}?の)?{_OFFICE}{_AS}",
)
#: What may be said of another person as well.
_OF_ANYBODY = (
    rf"{_LATELY}(?:に|から|、)?[^。、\n]{{0,16}}?(?:{_CAME}){_HAS}",
    rf"{_NEWCOMER}(?:採用)?(?:で|として)(?:入|採用|入社|配属)[^。、\n]{{0,6}}",
    rf"(?<![{_KANJI}])(?:{_OFFICE}|{_WORK})として{NUMBER_JA}年(?:以上|近く|余り|ほど|間)?",
    rf"(?<![{_KANJI}])(?:{_OFFICE}|{_WORK}|担当|管理職)になって(?:から|もう|まだ)?{TIME_JA}",
    rf"{_LATELY}まで、?[^。、\n]{{1,14}}(?:にい(?:ました|た)|で働いて|に勤めて|の担当でした|を担当し)",
    rf"(?:{_ENTERED}し?て|{_ENTERED}されて|{_IS_THERE})(?:から|まだ|もう){{0,2}}{TIME_JA}(?:です|で、|に|が|目|経|しか|ほど)",
    rf"{_CLAUSE}(?:{_LEAVE}|定年|退職|転勤)(?:に入|を控え|することに|が決ま|になり)[^。、\n]{{0,4}}",
    rf"(?:{I_JA}は)?(?:今年|来年|今年度|年度末|来月|再来月|{NUMBER_JA}月)(?:で|に|末で)(?:定年|退職)(?:です|に|し|を)",
    r"(?:父|母|夫|妻|主人|兄|姉|弟|妹|息子|娘)が[^。、\n]{1,14}(?:をして|に勤め|で働い|の職員|の社員|議員)",
    rf"{I_JA}の(?:名字|苗字|姓)",
    rf"{_LEAVE}(?:中|を取得中|を取っている)(?:です|の身|なので|で、)",
    (
        rf"(?:{_ENTERED}|{_SERVING})(?:して)?(?:から|以来)?[、 ]?{NUMBER_JA} ?(?:年|[かヶカヵ]月)目?[でに]?"
        r"(?:です|なり|なる|の(?:職員|社員|者|若手|新人)|経ち|経っ|いま)?"
    ),
    rf"(?:{I_JA}は、?)?{_YEAR}(?:に|から|付けで)[^。、\n]{{0,12}}?{_ENTERED}(?:され|し|となり|に)?",
    rf"{_LEAVE}(?:から|明けで|より)(?:戻っ|復帰し|復職し|帰っ)(?:て(?:きた|来た|すぐ)?|た)?(?:ばかり|ところ)?",
)

STANDING_JA: tuple[Rule, ...] = (
    *(rule("only_i", pattern, quoted) for pattern in _ONLY_I),
    *(rule("position", pattern, quoted) for pattern in _ANYWHERE),
    *(rule("position", pattern, about_another, quoted) for pattern in _OF_ANYBODY),
)
