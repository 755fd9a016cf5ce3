#!/usr/bin/env python3
"""Every phrase that a lower module puts into an input error has its Chinese in src/app/phrases.c."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
STRING = r'"((?:[^"\\]|\\.)*)"'
# Arguments of fail(), and of the small functions that modules wrap it in.
FORMS = [
    rf'"(?:want|what)",\s*{STRING}',
    rf'ERR_(?:CSV|GEOJSON|GEOMETRY|ENCODING|REQUEST|USAGE|BRIEF)\b[^;]*?"detail",\s*{STRING}',
    rf'\bfail_value\([^;"]*{STRING}\)',
    rf'\b(?:parser_wrong|wrong_type)\([^;"]*{STRING}',
    rf'\bwrong_value\((?:[^;",]+|"[^"]*"), [^;",]+,\s*{STRING}',
    rf'\bbrief_wrong\({STRING}',
    rf'\bfail_(?:row|feature)\([^;"]*{STRING}\)',
    rf'\bfail_limit\([^;"]*{STRING}',
    rf'\b(?:wkb_fail|refuse|wrong)\({STRING}\)',
    rf'\bcheck_twice\([^;"]*{STRING}',
    rf'\bbuf_check\([^;"]*{STRING}\)',
    rf'\byaml_fail(?:_at)?\([^;"]*{STRING}\)',
    rf'\bfail_line\([^;"]*{STRING}',
    rf'\bfail_(?:list|code)\([^;{{"]*{STRING}',
    rf'\breject\(reading,[^;]*?,\s*{STRING},\s*(?:field|")',
    rf'\btell\(lint,[^;]*,\s*{STRING}\);',
    rf'\btell_of\(lint,[^;]*,\s*{STRING},\s*[a-z]',
]
# Symbols, media types, names of formats: the same in every language.
PLAIN = re.compile(r"[\W\d]*$|[A-Z ]+$|application/json$|\.csv, \.geojson$|geometry$|"
                   r"public, investor, staff, restricted$|[a-z]+_[a-z_]+$|[a-z]+(?:, [a-z]+)+$|BBOX$|what$|field$|kind$")


def unescaped(text):
    return text.replace('\\"', '"').replace("\\\\", "\\")


def table():
    text = (ROOT / "src/app/phrases.c").read_text(encoding="utf-8")
    return [unescaped(en) for en, _ in re.findall(rf"\{{{STRING},\s+{STRING}\}}", text)]


def matches(pattern, phrase):
    return re.fullmatch(".+?".join(re.escape(part) for part in pattern.split("*")), phrase) is not None


def phrases():
    for path in sorted((ROOT / "src").rglob("*.c")):
        module = path.relative_to(ROOT / "src").parts[0]
        if module in ("store", "link"):
            continue  # what they say is told only in a log
        text = path.read_text(encoding="utf-8")
        for form in FORMS:
            for found in re.finditer(form, text):
                yield path.relative_to(ROOT), unescaped(found.group(1)).replace("%s", "x")


def main():
    known = table()
    missing = sorted({(str(path), phrase) for path, phrase in phrases()
                      if not PLAIN.match(phrase)
                      and not any(matches(p, phrase) or matches(p, phrase + "x") for p in known)})
    for path, phrase in missing:
        print(f"not ok - {path} says \"{phrase}\", which src/app/phrases.c does not know")
    if not missing:
        print("ok - every phrase of an input error has its Chinese")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
