"""What a measuring program has found: printed, and appended to the file that BENCH_OUT names (bench/README.md has the words)."""
import json
import os


def times_us(seconds):
    """Of times in seconds: how many, p50, p99 and the most, in microseconds."""
    ordered = sorted(time * 1e6 for time in seconds)
    return {"n": len(ordered), "p50_us": ordered[len(ordered) // 2], "p99_us": ordered[len(ordered) * 99 // 100], "most_us": ordered[-1]}


def report(job, who="lianpu", **words):
    shown = ", ".join(f"{word} {value:,.4g}" if isinstance(value, float) else f"{word} {value}" for word, value in words.items())
    print(f"{job} ({who}): {shown}", flush=True)
    _append({"job": job, "who": who, **words})


def fact(name, text):
    print(f"{name}: {text}", flush=True)
    _append({"fact": name, "is": text})


def _append(line):
    if os.environ.get("BENCH_OUT"):
        with open(os.environ["BENCH_OUT"], "a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
