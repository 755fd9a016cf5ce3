#!/usr/bin/env python3
"""match_sqlite.py [PREFIX $BENCH_WORK/briefs]: the briefs that match_bench wrote (match_peers.h) put to SQLite, in process, in memory, and
the ids compared in order with ours. Ends with 1 if a brief's differ. Each query is parsed and planned, as it would be: no two are
alike. Indexes: land use, land state, gas and area together; price; area. ANALYZE has run."""
import csv
import os
import sqlite3
import sys
import time

from report import report

WARMING = 5
INDEXES = ('land_use, land_state, gas_state, area_m2', 'price_fen_m2', 'area_m2')


def lines(prefix, name):
    with open(f'{prefix}.{name}', encoding='utf-8') as file:
        return file.read().split('\n')[:-1]


def load(prefix):
    db = sqlite3.connect(':memory:')
    db.executescript('\n'.join(lines(prefix, 'plots.sql')))
    with open(f'{prefix}.plots.csv', encoding='utf-8', newline='') as file:
        rows = csv.reader(file)
        marks = ', '.join('?' for _ in next(rows))
        db.executemany(f'INSERT INTO plots VALUES ({marks})', ([cell or None for cell in row] for row in rows))
    for number, columns in enumerate(INDEXES):
        db.execute(f'CREATE INDEX plots_{number} ON plots ({columns})')
    db.execute('ANALYZE')
    db.commit()
    return db


def main():
    prefix = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.environ['BENCH_WORK'], 'briefs')
    start = time.perf_counter()
    db = load(prefix)
    plots = db.execute('SELECT count(*) FROM plots').fetchone()[0]
    print(f'SQLite {sqlite3.sqlite_version}: {plots} parcels loaded in {time.perf_counter() - start:.1f} s')
    briefs, answers, took, wrong = lines(prefix, 'sql'), lines(prefix, 'answers'), [], 0
    for brief in briefs[:WARMING]:
        db.execute(brief).fetchall()
    for number, (brief, answer) in enumerate(zip(briefs, answers, strict=True)):
        began = time.perf_counter()
        rows = db.execute(brief).fetchall()
        took.append((time.perf_counter() - began) * 1e6)
        if ' '.join(row[0] for row in rows) != answer:
            wrong += 1
            print(f'brief {number + 1}: another answer than ours')
    report('match', 'SQLite', took, compared=len(took), wrong=wrong)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
