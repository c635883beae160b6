"""What only one person can say of themselves, in English: seat, office, years of service, what they alone knew."""

from bot.screening.self_check.patterns import QUOTE, one_of
from bot.screening.self_check.rule import Rule, quoted, rule

_AM = rf"\bi(?: am|{QUOTE}m| was| have been|{QUOTE}ve been)"
_HAVE = rf"\bi(?: have|{QUOTE}ve)?"
_NUMBER = r"(?:\d{1,2}|" + one_of(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen",
    "eighteen nineteen twenty thirty",
) + ")"  # fmt: skip
_MONTH = one_of(
    "january february march april may june july august september october november december",
    "jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn fall winter",
)
_YEAR = rf"(?:(?:early |late |mid-?)?{_MONTH}\.?(?: of)? )?(?:19|20)\d\d"
_OFFICE = (
    r"(?:(?!(?:only|one|same|first|last)\b)[a-z\-]{2,15} ){0,3}"
    + one_of(
        "head manager supervisor director secretary treasurer accountant inspector chief lead leader clerk assistant",
        "officer foreman deputy coordinator administrator engineer buyer driver nurse cashier auditor receptionist",
        "caretaker bookkeeper technician pa",
    )
    + rf"\b(?:{QUOTE}s [a-z]{{2,15}})?(?: (?:of|for|to|in|at) (?:the )?[^\s.,;:!?]{{2,20}})?"
)
_LEAVE = (
    rf"(?:{one_of('maternity paternity parental sick medical study unpaid annual family')}(?: leave)?|leave|secondment)"
)
#: Not a meeting that was joined, nor something that was begun to be seen.
_ENTERED = (
    r"(?:joined(?! (?:(?:the|a|this|that|in|our|their) )?"
    + one_of("meeting call chat talk discussion conversation group")
    + r")|(?:started|began)(?! (?:(?!work)[a-z]{2,12}ing\b|to (?!work\b)))|"
    + one_of(
        "was_hired was_taken_on got_the_job was_appointed was_moved was_transferred transferred moved_here",
        "was_promoted came_here",
    )
    + ")"
)
_LATELY = (
    rf"(?:(?:last|this|the previous) (?:{_MONTH}|year|month|week)|(?:in|since) {_MONTH}\b"
    rf"|(?:{_NUMBER}|a|a few|some) (?:years|year|months|month|weeks) ago)"
)
_MOST = one_of("youngest oldest newest longest-serving most_senior most_junior newcomer")
_BEEN = r"(?:been (?:with|at|in|here|on|working|employed|a|an|the)\b|worked\b|served\b)"
_KIN = one_of("father mother husband wife brother sister son daughter partner uncle aunt cousin")
_SEAT = one_of("desk seat chair workstation cubicle office window locker")
_FROM = one_of("from near beside behind opposite next_to in_front_of across_from by")
_NOBODY = one_of("nobody no_one no-one none none_of_us")
_EXCEPT = one_of("but except except_for other_than apart_from besides save")
_EXCEPT_ME = one_of("besides apart_from other_than except except_for")
_ONE = one_of("one person witness employee member_of_staff")

_ONLY_I = (
    r"\b(?:only|just) (?:i|me|myself)\b(?: and [^.,\n]{1,30})?(?: (?:knew|know|saw|had|have|was|am|could|can)\b)?",
    r"\bonly (?:the |my )?[^\W\d_]{2,15} and (?:i|me)\b(?: [^.,\n]{1,30})?",
    r"\bi alone (?:knew|know|saw|had|have|was|could)\b",
    (
        rf"\b{_NOBODY}(?: else)?(?: in [^.,\n]{{1,15}})? {_EXCEPT}"
        r" (?:(?:him|her|them|[^\W\d_]{2,15}) and )?(?:me|myself|i)\b"
    ),
    r"\bnobody else (?:knew|knows|saw|has seen|was there|was present|has access|had access)\b",
    rf"(?<!everyone )(?<!everybody )(?<!all )\b{_EXCEPT_ME} (?:me|myself)\b,?(?: [^.,\n]{{1,30}})?",
    r"\bi was (?:the last one |all )?alone (?:on duty|in|at|there|with|that|when|then)\b",
    rf"\band (?:i|me) (?:are|were) the only (?:{_ONE}s?|two)\b(?: (?:who|with|in|left) [^.,\n]{{1,30}})?",
    rf"{_AM} the (?:first|last|one)(?: one| person)? (?:who|to|in)\b(?: [^.,\n]{{1,30}})?",
    (
        rf"{_AM}(?: about| almost| probably| perhaps)? the only {_ONE}\b"
        r"(?: (?:here|at|who|that|there|in|with|left|on) [^.,\n]{1,40})?"
    ),
    r"\b(?:(?:just|only) (?:the )?(?:two|2) of us|(?:he|she) and i (?:alone|were alone))\b(?: [^.,\n]{1,20})?",
)
_POSITIONS = (
    rf"(?:{_AM}|\b(?:as|being)) (?P<hit>(?:the|our|their) only (?!(?:one|person|witness)\b)[^.,;\n]{{2,40}})",
    rf"{_AM} (?P<hit>(?:the|their|his|her) {_OFFICE})",
    rf"\bas (?P<hit>(?:the|their|our) {_OFFICE}),? i\b",
    rf"{_HAVE} (?:only )?{_ENTERED}\b[^.\n]{{0,40}}? (?:in|on|since) {_YEAR}",
    rf"{_HAVE} (?P<hit>{_BEEN}[^.,\n]{{0,40}}? for (?:over |almost |nearly |about )?{_NUMBER} years)",
    rf"{_HAVE} (?:only |just )?(?:{_ENTERED}|graduated|came|moved)\b[^.,\n]{{0,40}}?\b{_LATELY}",
    rf"\bas (?P<hit>(?:an? |the )?(?:[a-z\-]{{2,15}} ){{1,3}}for (?:over |almost |nearly |about )?{_NUMBER} years)",
    rf"{_HAVE} (?P<hit>been (?:here|there|with|at|in)\b[^.,\n]{{0,20}}? (?:for )?{_NUMBER} (?:years|months|weeks))",
    rf"{_AM} (?P<hit>the (?:person|one) (?:who|that) [^.,\n]{{2,30}})",
    rf"\bmy {_LEAVE} (?:starts|begins|started|began|ended|ends|is)\b(?: [^.,\n]{{2,12}})?",
    rf"\bi (?:start|begin|go on|am going on|will be on) (?:my )?{_LEAVE}\b",
    r"\b(?:the )?\w{2,10} who (?:had|held|did) (?:my|this) (?:job|post|position|work) before me\b",
    rf"{_AM} (?P<hit>the {_MOST}\b[^.,\n]{{0,30}})",
    rf"\b{_LATELY},? i (?:was )?(?:{_ENTERED}|came|moved)\b[^.,\n]{{0,30}}",
    r"\bi (?:retire|am retiring|am about to retire) (?:this|next|in|at|soon)\b(?: [^.,\n]{2,12})?",
    r"\bi (?:am in charge of|run|head|lead|manage|supervise) (?:the|our|this) [^.,\n]{2,25}",
    rf"\bmy (?:{_KIN}) (?:is|sits|works|serves|was) (?!not\b)[^.,\n]{{2,25}}|\bmy (?:surname|last name)\b",
    rf"\bin my {_NUMBER} years (?:as|in|at|with) [^.,\n]{{2,25}}",
    rf"\b(?:until|till) (?:last|this) (?:year|{_MONTH}|month),? i (?:was|worked|sat) [^.,\n]{{2,30}}",
    r"\bwho (?:sits|works) (?:right |just )?(?:next to|opposite|across from|beside|behind|in front of) me\b",
    r"\bi (?:sit|work) (?:right |just )?(?:next to|opposite|across from|beside|behind|in front of) [^.,\n]{2,20}",
    rf"\bi share (?:an|the|my) office\b|{_HAVE} (?:took over from|replaced|succeeded) [^.,\n]{{2,20}}",
    rf"{_AM} (?P<hit>on (?:reduced hours|part[ -]time)|part[ -]time)\b",
    rf"\b{_FROM} my (?:own )?{_SEAT}\b",
    rf"\bmy (?:own )?{_SEAT} (?:is|was|stands|faces|overlooks|looks)\b",
    r"\bmy (?:predecessor|successor|job title)\b",
    (
        rf"{_HAVE} (?P<hit>(?:just |only |recently )?(?:came|come|got|returned|am|been)(?: just)? (?:back )?(?:from|on)"
        rf" (?:my )?{_LEAVE})\b"
    ),
)

STANDING_EN: tuple[Rule, ...] = (
    *(rule("only_i", pattern, quoted) for pattern in _ONLY_I),
    *(rule("position", pattern, quoted) for pattern in _POSITIONS),
)
