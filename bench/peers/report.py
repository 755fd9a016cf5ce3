#!/usr/bin/env python3
"""A line of JSON at the end of the file that BENCH_OUT names, and one for people; bench/README.md says what the words mean.

    report.py JOB WHO [NOTE]     reads lines "microseconds|t" (or f: that answer differs from ours); ends with 1 if one differs
    report.py JOB WHO --missing WHY"""
import json
import os
import sys


def say(line):
    if os.environ.get('BENCH_OUT'):
        with open(os.environ['BENCH_OUT'], 'a', encoding='utf-8') as out:
            out.write(json.dumps(line, ensure_ascii=False) + '\n')


def report(job, who, took_us, **more):
    """took_us: microseconds, any order; compared, wrong, note: as of a line."""
    took = sorted(took_us)
    p50, p99 = took[len(took) // 2], took[len(took) * 99 // 100]
    say({'job': job, 'who': who, 'n': len(took), 'p50_us': p50, 'p99_us': p99, 'most_us': took[-1], 'cpu': False, **more})
    print(f'{job}, {who}: {len(took)}, p50 {p50:.0f} us  p99 {p99:.0f} us  {more}', flush=True)


def missing(job, who, why):
    say({'job': job, 'who': who, 'missing': why})
    print(f'{job}, {who}: left out: {why}')


def main():
    job, who, *more = sys.argv[1:]
    if more[:1] == ['--missing']:
        missing(job, who, more[1])
        return 0
    rows = [line.split('|') for line in sys.stdin.read().splitlines() if line]
    if not rows:
        return 1
    wrong = [number for number, (_, same) in enumerate(rows, 1) if same != 't']
    for number in wrong[:10]:
        print(f'question {number}: another answer than ours')
    note = {'note': more[0]} if more else {}
    report(job, who, [float(took) for took, _ in rows], compared=len(rows), wrong=len(wrong), **note)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
