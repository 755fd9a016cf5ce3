#!/usr/bin/env python3
"""The lines that a run's programs wrote (bench/README.md says which words they hold) and bench/targets.json → the table of
bench/RESULTS.md, between its two markers.

    table.py LINES TARGETS [RESULTS.md]      without RESULTS.md it is printed
Ends with 1 if an answer was wrong, or a line is none."""
import json
import pathlib
import sys

BEGIN, END = "<!-- make bench writes from here -->", "<!-- to here -->"
WORDS = {"job", "who", "n", "p50_us", "p99_us", "most_us", "cpu", "bytes_p50", "bytes_most", "rate", "value", "unit",
         "compared", "wrong", "missing", "note"}
# To reach: the word of a line, and whether more is better.
GOALS = {"p50_us": False, "p99_us": False, "bytes_most": False, "value": False, "rate": True, "ratio": True, "ratio_p99": True}


def number(value):
    """Three digits that count, and no exponent."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def of_time(us):
    for limit, by, unit in ((1000, 1, "µs"), (1e6, 1e3, "ms")):
        if us < limit:
            return f"{number(us / by)} {unit}"
    return f"{number(us / 1e6)} s"


def pair(p50, p99):
    """Two times in the unit of the greater one, if that leaves the smaller one readable."""
    if p50 is None or p99 is None:
        return " / ".join(of_time(us) if us is not None else "–" for us in (p50, p99))
    unit, by = ("µs", 1) if max(p50, p99) < 1000 else ("ms", 1e3) if max(p50, p99) < 1e6 else ("s", 1e6)
    if p50 / by < 0.1 and p50:
        return f"{of_time(p50)} / {of_time(p99)}"
    return f"{number(p50 / by)} / {number(p99 / by)} {unit}"


def of_bytes(count):
    return f"{number(count / 1000)} kB" if count >= 1000 else f"{count} bytes"


def measured(line):
    """What a line says, for people; notes stand below the table."""
    if line is None:
        return "not measured"
    if "missing" in line:
        return f"not measured: {line['missing']}"
    parts = []
    if "p50_us" in line or "p99_us" in line:
        parts.append(pair(line.get("p50_us"), line.get("p99_us")) + (" CPU" if line.get("cpu") else ""))
    parts += [f"{number(line[word])} {line['unit']}" for word in ("rate", "value") if word in line]
    if "bytes_most" in line:
        parts.append(f"{of_bytes(line.get('bytes_p50', 0))}, most {of_bytes(line['bytes_most'])}")
    return "; ".join(parts)


def noted(who, line):
    parts = [f"n = {line['n']:,}"] if line.get("n") else []
    parts += [f"most {of_time(line['most_us'])}"] if line.get("most_us") else []
    parts += [line["note"]] if line.get("note") else []
    return f"{'Lianpu' if who == 'lianpu' else who}: {', '.join(parts)}" if parts else ""


def ratios(ours, theirs):
    """How many times better we are: p50 and p99, or the rate, or the value."""
    if not ours or not theirs or "missing" in ours or "missing" in theirs:
        return []
    found = []
    for word in ("p50_us", "p99_us", "value"):
        if ours.get(word) and theirs.get(word):
            found.append(theirs[word] / ours[word])
    if ours.get("rate") and theirs.get("rate"):
        found.append(ours["rate"] / theirs["rate"])
    return found


def goal_text(goals, unit):
    parts = []
    if "p50_us" in goals or "p99_us" in goals:
        parts.append(pair(goals.get("p50_us"), goals.get("p99_us")))
    if "bytes_most" in goals:
        parts.append(f"≤ {of_bytes(goals['bytes_most'])}")
    if "rate" in goals:
        parts.append(f"≥ {number(goals['rate'])} {unit}")
    if "value" in goals:
        parts.append(f"≤ {number(goals['value'])} {unit}")
    for word, which in (("ratio", ""), ("ratio_p99", "p99 ")):
        if word in goals:
            least = goals[word]
            parts.append(which + (f"≥ {number(least)}×" if least >= 1 else f"≤ {number(1 / least)}× the peer's"))
    return "; ".join(parts) or "–"


def reached(goals, ours, theirs):
    """yes, no with what falls short, or not measured. `ratio` is of the p50, the rate or the value, beside the first peer named."""
    if not goals:
        return "–"
    if ours is None or "missing" in ours:
        return "not measured"
    short, unknown = [], []
    for word, goal in goals.items():
        of_peer = ratios(ours, theirs)
        got = {"ratio": of_peer[:1], "ratio_p99": of_peer[1:2]}.get(word, [ours.get(word)])
        got = got[0] if got else None
        if got is None:
            unknown.append(word)
        elif got < goal if GOALS[word] else got > goal:
            short.append(word.removesuffix("_us").removesuffix("_most"))
    if short:
        return f"**no**: {', '.join(short)}"
    return f"not measured: {', '.join(unknown)}" if unknown else "yes"


def read_lines(path):
    """Facts, and of each job and who the last line. Ends if a line holds a word that is not of the vocabulary."""
    facts, lines, wrong, compared = {}, {}, [], {}
    for at, text in enumerate(pathlib.Path(path).read_text(encoding="utf-8").splitlines(), 1):
        line = json.loads(text)
        if "fact" in line:
            facts[line["fact"]] = line["is"]
            continue
        strange = set(line) - WORDS
        if strange or "job" not in line or "who" not in line or (("rate" in line or "value" in line) and "unit" not in line):
            sys.exit(f"{path}:{at}: not a line of a result: {text}")
        if line.get("wrong"):
            wrong.append(f"{line['job']} ({line['who']}): {line['wrong']} of {line['compared']} compared answers are wrong")
        if "compared" in line:
            before = compared.get(line["job"], (0, 0))
            compared[line["job"]] = (before[0] + line["compared"], before[1] + line["wrong"])
        lines.setdefault(line["job"], {})[line["who"]] = line
    return facts, lines, wrong, compared


def row_of(target, of_job):
    """A row of the table, whether it is reached, and what there is to say beside it."""
    ours, goals = of_job.get("lianpu"), target.get("to_reach", {})
    peers = target.get("peers", []) + sorted(set(of_job) - {"lianpu", *target.get("peers", [])})
    said = []
    for who in peers:
        times = " / ".join(f"{number(ratio)}×" for ratio in ratios(ours, of_job.get(who)))
        said.append(f"{who} {measured(of_job.get(who))}" + (f": **{times}**" if times else ""))
    verdict = reached(goals, ours, of_job.get(peers[0]) if peers else None)
    cells = [target.get("title", target["job"]), goal_text(goals, target.get("unit", "")), measured(ours), verdict, "<br>".join(said) or "–"]
    notes = "; ".join(note for note in (noted(who, of_job[who]) for who in ["lianpu", *peers] if who in of_job) if note)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |", verdict, f"- {cells[0]}. {notes}" if notes else ""


def table(facts, lines, wrong, compared, targets):
    ran, rows, also, notes, short = facts.get("parts", "").split(), [], [], [], []
    known = {target["job"] for target in targets}
    others = [{"job": job} for job, of_job in lines.items()
              if job not in known and any(set(line) & {"p50_us", "rate", "value", "missing"} for line in of_job.values())]
    for target in [target for target in targets if not ran or target["part"] in ran] + others:
        row, verdict, note = row_of(target, lines.get(target["job"], {}))
        (also if target in others else rows).append(row)
        notes += [note] if note else []
        if verdict.startswith("**no") and target.get("why"):
            short.append(f"- {target.get('title', target['job'])}: {target['why']}")
    text = [f"- {name}: {facts[name]}" for name in facts if name != "parts"]
    text += ["", "Times are p50 / p99; *CPU* is of the thread that works, all else by the clock. Bold is how many times better Lianpu is: at p50 and at",
             "p99, or in rows or tiles a second. All are of the same data in the same run; [README.md](README.md) says how each is",
             "measured.", "",
             "| job | to reach | Lianpu | reached? | peers, and how many times better Lianpu is |", "|---|---|---|---|---|", *rows]
    if short:
        text += ["", "Why rows fall short:", "", *short]
    if also:
        text += ["", "Also measured:", "", "| job | to reach | Lianpu | reached? | peers, and how many times better Lianpu is |", "|---|---|---|---|---|", *also]
    if compared:
        text += ["", "Answers compared in this run, with a pass over all rows or, a peer's, with ours: " +
                 "; ".join(f"{job}: {count:,}, {bad:,} wrong" for job, (count, bad) in compared.items()) + "."]
    if wrong:
        text += ["", "**Wrong answers**: " + "; ".join(wrong) + "."]
    return "\n".join([*text, "", "Beside the figures:", "", *notes]) + "\n"


def main():
    facts, lines, wrong, compared = read_lines(sys.argv[1])
    targets = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
    text = table(facts, lines, wrong, compared, targets)
    if len(sys.argv) > 3:
        results = pathlib.Path(sys.argv[3])
        before, begin, rest = (results.read_text(encoding="utf-8") if results.exists() else f"{BEGIN}\n{END}\n").partition(BEGIN)
        _, end, after = rest.partition(END)
        if not begin or not end:
            sys.exit(f"{results}: {BEGIN} and {END} do not stand in it")
        results.write_text(before + BEGIN + "\n\n" + text + "\n" + END + after, encoding="utf-8")
    else:
        print(text)
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
