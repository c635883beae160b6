"""Small lists of our own for names that look like other words. They help to tell; nothing depends on their fullness."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Given names that people type without capitals, as in `this is kate from accounts`.
GIVEN = _listed("""
    adam alan alex alice amy andrea andrew andy anita ann anna anne anthony barbara ben beth bob brian carl
    carol caroline catherine charles charlie chloe chris christine claire colin craig dan daniel dave david dean
    deborah denise diana diane don donna dorothy duncan ed edward eleanor elena elizabeth ella emily emma eric
    erik erin ethan eva fiona fred gary george gina graham greg hannah harry heather helen henry hiro hiroshi
    ian irene isaac jack jacob jake jamal james jane janet jason jean jeff jennifer jenny jeremy jerry jessica
    jill jim joan joanna joe john jonathan joseph josh judith julia julie karen kate kathy katie keith kelly ken
    kenji kevin kim laura lauren leah leo liam linda lisa liz lorna louise lucy luke lynn marcus margaret maria
    marie martin mary matt matthew megan mia michael michelle mike miriam mohamed mohammed monica nadia nancy
    naomi natalie nathan neil nick nicola nina noah olivia omar oscar owen pamela pat patricia patrick paul
    paula peter phil philip priya rachel raj ralph ravi rebecca richard rita rob robert robin roger ron rosa
    rose roy ruth ryan sally sam samantha samuel sandra sara sarah scott sean sharon simon sofia sophie stephen
    steve steven stuart sue susan takashi tanya ted teresa thomas tim tina toby tom tony tracy trevor ursula
    valerie vera vicky victor victoria vincent walter wei wendy william yoko yuki yuko yusuf zara zoe
""")

#: Words that follow `I am` or `this is` with a capital although they are no names.
ORDINARY = _listed("""
    about absolutely afraid again all almost alone already also always an and angry anonymous another anyone
    anything april ashamed asking at august aware back before being both but certain christian completely concerned
    convinced december deeply desperate done easily english even every everybody everyone extremely february
    fine for free french friday from frustrated full fully german glad going good grateful greek happy hello
    help here hi his honest hopeful hoping how hurt if ill in innocent irish it january jewish july june just
    known legally less likely looking lost mad many march married may maybe me monday more most much muslim my
    never new next no nobody none not nothing november now obviously october of off ok okay on one only open our
    out over people please polish poor pregnant proud quite ready really sad safe saturday scared scottish
    september serious shocked sick simply single so somebody someone something sorry spanish still stuck such
    sunday sure swiss telling thank thankful that the their them there these they this those thursday tired to
    today told tomorrow too totally trans true truly tuesday unable under unhappy unsure upset urgent very we
    wednesday welsh what who why willing with worried writing wrong yes yesterday you young your yours
""")

#: How many an adjective, a participle or a people ends; `NAMED_SO` are given names with such an end.
ENDINGS = ("ing", "ed", "ful", "ous", "ese", "ish", "ian", "can", "less", "able", "ible", "ive", "ally", "istic")
NAMED_SO = _listed("""
    adrian alfred brian clive damian dorian duncan ed fabian fred gillian ian jared jillian julian lillian mohamed ned
    sebastian ted vivian wilfred
""")

#: Surnames that are things or places as well; the reader of names takes them for those.
COMMON_JA = _listed("""
    林 森 原 関 堀 泉 星 辻 岡 谷 畑 橋 島 東 西 南 北 堤 岸 浜 沖 滝 菅 桂 柳 榊 松 梅 桜 角 池 平
    城 柴 芝 旭 仲 沼 湊 浦 磯 灘 橘 平野 古川 大橋 馬場 小池 内海 日向 鳥居 稲葉 石橋 大山 森本
    平田 尾崎 永田 三宅 三好 二宮 古賀 八木 横田 若林 茂木 佐伯 八田 川俣
""")
