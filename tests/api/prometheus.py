"""A strict reader of Prometheus' text format 0.0.4: what does not follow it, or cannot be true, is an error."""
import math
import re

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"'
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)?,?\}})? (\S+)$")
SUFFIXES = {"histogram": ("_bucket", "_sum", "_count"), "counter": ("",), "gauge": ("",)}


class Family:
    def __init__(self, name, about):
        self.name, self.about, self.type, self.samples = name, about, None, {}


def number(text):
    if text in ("+Inf", "-Inf", "NaN"):
        return float(text.replace("Inf", "inf"))
    if not re.fullmatch(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", text):
        raise ValueError(f"no number: {text}")
    return float(text)


def parse(text):
    """{family: Family}; a sample's key is its name and its labels in order."""
    assert text.endswith("\n") and "\r" not in text, "lines end with a line feed"
    families, current = {}, None
    for line in text[:-1].split("\n"):
        if line.startswith("# HELP "):
            name, _, about = line[7:].partition(" ")
            assert re.fullmatch(NAME, name) and about, line
            assert name not in families, f"{name} is told twice"
            current = families[name] = Family(name, about)
        elif line.startswith("# TYPE "):
            name, _, kind = line[7:].partition(" ")
            assert current and name == current.name and current.type is None and not current.samples, line
            assert kind in SUFFIXES, line
            current.type = kind
        else:
            found = SAMPLE.match(line)
            assert found, f"no sample: {line!r}"
            name, labels = found.group(1), tuple(re.findall(LABEL, found.group(2) or ""))
            assert current and current.type and name in [current.name + s for s in SUFFIXES[current.type]], f"{line}: not under its HELP and TYPE"
            assert len({label for label, _ in labels}) == len(labels), f"{line}: a label twice"
            assert (name, labels) not in current.samples, f"{line}: told twice"
            current.samples[(name, labels)] = number(found.group(found.lastindex))
    for family in families.values():
        check(family)
    return families


def check(family):
    assert family.type, f"{family.name} has no TYPE"
    if family.type != "gauge":
        assert all(value >= 0 and not math.isnan(value) for value in family.samples.values()), family.name
    if family.type == "counter":
        assert family.name.endswith("_total"), f"{family.name}: a counter's name ends with _total"
    if family.type == "histogram":
        check_histogram(family)


def check_histogram(family):
    series = {}
    for (name, labels), value in family.samples.items():
        rest = tuple(pair for pair in labels if pair[0] != "le")
        one = series.setdefault(rest, {"buckets": []})
        if name.endswith("_bucket"):
            one["buckets"].append((number(dict(labels)["le"]), value))
        else:
            assert "le" not in dict(labels)
            one[name.rsplit("_", 1)[1]] = value
    for labels, one in series.items():
        bounds, counts = zip(*one["buckets"])
        assert list(bounds) == sorted(set(bounds)) and bounds[-1] == math.inf, f"{labels}: bounds {bounds}"
        assert list(counts) == sorted(counts), f"{labels}: buckets add up: {counts}"
        assert counts[-1] == one["count"] and "sum" in one, f"{labels}: count {one}"


def never_less(before, after):
    """Counters and histograms of the second reading are not below those of the first, and none is gone."""
    for name, family in before.items():
        assert after[name].type == family.type and after[name].about == family.about, name
        for key, value in family.samples.items():
            if family.type != "gauge":
                assert after[name].samples[key] >= value, f"{key}: {value}, then {after[name].samples.get(key)}"
