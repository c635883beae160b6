"""The kinds of files that mat2 is trusted with, and what it has to leave alone in them.

Knows nothing but Python's own library: the child that another Python runs reads these tables, too.
"""

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."

#: By ending: what the person's device calls it.
MEDIA_TYPES = {
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "odt": f"{_OPEN}text",
    "ods": f"{_OPEN}spreadsheet",
    "odp": f"{_OPEN}presentation",
    "odg": f"{_OPEN}graphics",
    "epub": "application/epub+zip",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "flac": "audio/flac",
}

#: What is one thing and no package of parts.
SOUNDS = frozenset(("mp3", "ogg", "flac"))

#: Parts of a package for which mat2 would start another program or need fonts: both are beyond the walls, so they stay,
#: and it is said.
LEFT = r"(?i)\.(?:gif|svg|wav|aiff?|mp4|m4v|avi|wmv|heic|pdf|docx|xlsx|pptx|od[a-z]|epub|zip|tar|gz|bz2|xz|torrent)$"
